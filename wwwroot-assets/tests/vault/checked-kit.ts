// A recovery kit as its owner makes one: shown, then three words typed back.
import type { UnlockSecret, VaultClient } from '../../vault/client/contract.ts';

export async function checkedKit(client: VaultClient, current?: UnlockSecret): Promise<string> {
  const words = await client.makeRecoveryKit(current);
  const asked = await client.askRecoveryKit();
  const wrong = await client.checkRecoveryKit(asked.map((position) => ({ position, word: words[position - 1] ?? '' })));
  if (wrong.length > 0) throw new Error(`refused: ${wrong.join()}`);
  return words.join(' ');
}
