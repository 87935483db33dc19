// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { page, press, settled, show, text } from './page.ts';

describe('vb-key-export', () => {
  test('OnAPage_AsksOnceTheButtonIsPressed', async () => {
    page('unlocked');
    const element = await show('<vb-key-export vaultbox-id="box"></vb-key-export>');
    expect(element.querySelector('form')).toBeNull();
    press(element, 'Export the mail key');
    await settled(element);
    expect(text(element)).toContain('Your passphrase, again');
    press(element, 'Cancel');
    await settled(element);
    expect(element.querySelector('form')).toBeNull();
  });

  test('InADialog_AsksAtOnceAndLeavesClosingToTheDialog', async () => {
    page('unlocked');
    const element = await show('<vb-key-export vaultbox-id="box" asks></vb-key-export>');
    expect(document.activeElement).toBe(element.querySelector('input'));
    expect(text(element)).not.toContain('Cancel');
  });
});
