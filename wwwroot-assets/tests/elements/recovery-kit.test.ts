// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { RecoveryKit } from '../../vault/elements/vb-recovery-kit.ts';
import type { KitAnswer } from '../../vault/client/contract.ts';
import { kit, page, press, settled, show, submit, text, type } from './page.ts';

const asked = [3, 11, 24] as const;
const wrongOf = (answers: readonly KitAnswer[]): number[] => answers.filter(({ position, word }) => word !== kit[position - 1]).map(({ position }) => position);

async function shown(): Promise<RecoveryKit> {
  page('none', { askRecoveryKit: async () => asked, checkRecoveryKit: async (answers) => wrongOf(answers) });
  const element = await show<RecoveryKit>('<vb-recovery-kit address="mara@vault.test"></vb-recovery-kit>');
  element.words = kit;
  await settled(element);
  return element;
}

describe('vb-recovery-kit', () => {
  test('Shown_AllWords_NumberedOnScreenAndOnTheSheet', async () => {
    const element = await shown();
    const words = (selector: string): string[] => [...element.querySelectorAll(selector)].map((item) => item.textContent ?? '');
    expect(words('.vb-kit-words li')).toEqual(kit.map((word, i) => `${i + 1}${word}`));
    expect(words('.vb-kit-sheet li')).toEqual(kit.map((word, i) => `${i + 1}${word}`));
    expect(text(element)).toContain('Accountmara@elsewhere.test');
    expect(text(element)).toContain('First addressmara@vault.test');
  });

  test('Hide_Words_AreInTheDocumentNoMore', async () => {
    const element = await shown();
    press(element, 'Hide words and check');
    await settled(element);
    const document = element.ownerDocument.body.innerHTML;
    for (const word of kit.filter((one) => one.length > 5)) expect(document).not.toContain(`>${word}<`);
    expect([...element.querySelectorAll('label')].map((label) => label.textContent)).toEqual(['Word 3', 'Word 11', 'Word 24']);
  });

  test('Check_OneWrong_SaysWhichAndTellsNobodyThatItIsRight', async () => {
    const element = await shown();
    let right = 0;
    element.addEventListener('vb-kit-checked', () => right++);
    press(element, 'Hide words and check');
    await settled(element);
    for (const position of asked) type(element, `[data-position="${position}"]`, position === 11 ? 'xyz' : (kit[position - 1] ?? ''));
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Word 11 is another.');
    expect([...element.querySelectorAll<HTMLElement>('[aria-invalid=true]')].map((input) => input.dataset.position)).toEqual(['11']);
    expect(right).toBe(0);
    type(element, '[data-position="11"]', kit[10] ?? '');
    submit(element);
    await settled(element);
    expect(text(element)).toContain('Your copy is right');
    expect(right).toBe(1);
  });

  test('Leave_WordsAndAnswers_AreWiped', async () => {
    const element = await shown();
    press(element, 'Hide words and check');
    await settled(element);
    const [input] = element.querySelectorAll('input');
    if (input === undefined) throw new Error('no field');
    input.value = 'copper';
    element.remove();
    expect(input.value).toBe('');
    expect(element.words).toBeNull();
  });
});
