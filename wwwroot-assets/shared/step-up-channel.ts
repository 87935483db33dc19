// From the tab that confirmed to the tabs that wait. A message says only “ask again”: whoever forges one gains nothing.

const channelName = 'vaultbox-step-up';
const confirmed = 'confirmed';

export function announceStepUp(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(confirmed);
  channel.close();
}

/** Calls back each time that some tab confirmed; the returned function ends it. */
export function onStepUp(callback: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<unknown>) => {
    if (event.data === confirmed) callback();
  };
  return () => channel.close();
}
