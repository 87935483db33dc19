import { afterEach, describe, expect, it, vi } from 'vitest';
import { announceStepUp } from '../../shared/step-up-channel.ts';
import { VaultError } from '../../vault/client/contract.ts';
import { StepUp } from '../../vault/elements/step-up.ts';

const stale = new VaultError('step_up_required', 'Confirm that it is you, then do this again.');
const host = { addController: vi.fn(), removeController: vi.fn(), requestUpdate: vi.fn(), updateComplete: Promise.resolve(true) };
let made: StepUp[] = [];

function stepUp(again: () => void): StepUp {
  const one = new StepUp(host, again);
  made.push(one);
  return one;
}

afterEach(() => {
  for (const one of made) one.hostDisconnected();
  made = [];
});

describe('step-up of an element', () => {
  it('takes_AnotherRefusal_LeavesItToTheElement', () => {
    const one = stepUp(vi.fn());
    expect(one.takes(new VaultError('certificate_expired', 'It expired.'))).toBe(false);
    expect(one.takes(new Error('x'))).toBe(false);
    expect(one.waits).toBe(false);
  });

  it('takes_WhenATabHasConfirmed_TriesAgainByItself', async () => {
    const again = vi.fn();
    const one = stepUp(again);
    expect(one.takes(stale)).toBe(true);
    expect(one.waits).toBe(true);
    announceStepUp();
    await vi.waitFor(() => expect(again).toHaveBeenCalledOnce());
  });

  it('takes_Twice_WaitsOnce', async () => {
    const again = vi.fn();
    const one = stepUp(again);
    one.takes(stale);
    one.takes(stale);
    announceStepUp();
    await vi.waitFor(() => expect(again).toHaveBeenCalled());
    expect(again).toHaveBeenCalledOnce();
  });

  it('done_OrGoneFromThePage_ListensNoMore', async () => {
    const first = vi.fn();
    const second = vi.fn();
    const witness = vi.fn();
    const done = stepUp(first);
    const gone = stepUp(second);
    for (const one of [done, gone, stepUp(witness)]) one.takes(stale);
    done.done();
    gone.hostDisconnected();
    announceStepUp();
    await vi.waitFor(() => expect(witness).toHaveBeenCalled());
    expect(first).not.toHaveBeenCalled();
    expect(second).not.toHaveBeenCalled();
    expect(done.waits).toBe(false);
  });
});
