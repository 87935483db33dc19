// The unlock form over the page. Focus goes in and comes back; Escape and the backdrop close it.
/** Opens it unless it is open; closes by itself once the vault is unlocked. */
export function openUnlockDialog(returnTo: HTMLElement): void {
  if (document.querySelector('dialog.vb-unlock-dialog') !== null) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'vb-dialog vb-unlock-dialog';
  dialog.setAttribute('aria-label', 'Unlock your vault');
  const form = document.createElement('vb-unlock');
  form.setAttribute('closable', '');
  dialog.append(form);
  const close = (): void => dialog.close();
  form.addEventListener('vb-unlocked', close);
  form.addEventListener('vb-unlock-closed', close);
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    const target = returnTo.isConnected ? returnTo.querySelector<HTMLElement>('button') : null;
    target?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
