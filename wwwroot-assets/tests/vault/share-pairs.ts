import { vi } from 'vitest';

/** RSA keys take a second: one pair serves all tests, each with its own certificate. */
export async function sharePairs(): Promise<void> {
  const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<CryptoKeyPair>;
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await generate(parameters, true, ['sign', 'verify']);
  const shared = (...args: unknown[]): Promise<CryptoKeyPair> => ((args[0] as { name: string }).name === parameters.name ? Promise.resolve(pair) : generate(...args));
  vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(shared as typeof crypto.subtle.generateKey);
}
