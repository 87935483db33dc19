// The owner key's signature over which certificate belongs to which vaultbox.
import { base64Decode, base64Encode, utf8, type Bytes } from './encoding.ts';

const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

const statement = (vaultboxId: string, purpose: string, fingerprint: string): Bytes =>
  utf8(`vaultbox-binding:v1\n${vaultboxId.toLowerCase()}\n${purpose}\n${fingerprint}`);

/** Base64 of the 64-byte P1363 signature. */
export async function signBinding(ownerKey: CryptoKey, vaultboxId: string, purpose: string, fingerprint: string): Promise<string> {
  return base64Encode(new Uint8Array(await crypto.subtle.sign(algorithm, ownerKey, statement(vaultboxId, purpose, fingerprint))));
}

export async function verifyBinding(ownerKey: CryptoKey, vaultboxId: string, purpose: string, fingerprint: string, signature: string): Promise<boolean> {
  let bytes: Bytes;
  try {
    bytes = base64Decode(signature);
  } catch {
    return false;
  }
  return bytes.length === 64 && crypto.subtle.verify(algorithm, ownerKey, bytes, statement(vaultboxId, purpose, fingerprint));
}
