// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { page, settled, show } from '../page.ts';

async function opened(): Promise<HTMLElement> {
  page('locked', {}, { vaultboxes: async () => ({ items: [], next: null }) });
  const element = await show('<vb-palette></vb-palette>');
  element.querySelector<HTMLElement>('.vb-palette-open')?.click();
  await settled(element);
  return element;
}

describe('vb-palette', () => {
  test('Close_WithoutEscapeOrAnOutsideToClick_EndsIt', async () => {
    const element = await opened();
    element.querySelector<HTMLElement>('dialog [aria-label=Close]')?.click();
    await settled(element);
    expect(element.querySelector('dialog')).toBeNull();
  });

  test('EnterOnClose_RunsNoEntry', async () => {
    const element = await opened();
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    element.querySelector('dialog [aria-label=Close]')?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    expect(element.querySelector('dialog')).not.toBeNull();
  });
});
