import { describe, expect, test } from 'vitest';
import { base64Decode, base64Encode, hex, utf8 } from '../../vault/core/encoding.ts';
import { kitEntropy, newKitWords } from '../../vault/core/recovery-kit.ts';
import { unwrapVaultKey, wrapVaultKey } from '../../vault/core/vault-key-wrap.ts';
import { sampleBytes } from './openssl.ts';

const passphrase = ['otter', 'lantern', 'gravel', 'sonnet', 'mango', 'drift'].join(' ');
const words = newKitWords().join(' ');
const raw = sampleBytes(32);

describe('wrap by a passphrase', () => {
  test('Unwrap_RightPassphrase_SameBytes', async () => {
    const wrap = await wrapVaultKey(raw, { passphrase });
    expect(wrap).toMatchObject({ method: 'passphrase', kdf: { name: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 } });
    expect(base64Decode(wrap.kdf.salt)).toHaveLength(16);
    expect(base64Decode(wrap.wrapped)).toHaveLength(60);
    expect(hex(await unwrapVaultKey({ passphrase }, wrap))).toBe(hex(raw));
  });

  test('Unwrap_CompatibilityForms_AreTheSamePassphrase', async () => {
    const wrap = await wrapVaultKey(raw, { passphrase: 'ﬁve ﬁelds of clover' });
    await expect(unwrapVaultKey({ passphrase: 'five fields of clover' }, wrap)).resolves.toBeDefined();
  });

  test('Unwrap_WrongPassphraseOrAlteredWrap_Refused', async () => {
    const wrap = await wrapVaultKey(raw, { passphrase });
    await expect(unwrapVaultKey({ passphrase: `${passphrase}s` }, wrap)).rejects.toMatchObject({ code: 'passphrase_wrong' });
    await expect(unwrapVaultKey({ passphrase }, { ...wrap, wrapped: flipped(wrap.wrapped) })).rejects.toMatchObject({ code: 'passphrase_wrong' });
    for (const kdf of [{ ...wrap.kdf, memoryKib: 64 }, { ...wrap.kdf, passes: 1_000 }, { ...wrap.kdf, name: 'pbkdf2' }, { name: 'argon2id', salt: wrap.kdf.salt }]) {
      await expect(unwrapVaultKey({ passphrase }, { ...wrap, kdf })).rejects.toMatchObject({ code: 'key_invalid' });
    }
  });
});

describe('wrap by a recovery kit', () => {
  test('Unwrap_WordsAsTyped_SameBytes', async () => {
    const wrap = await wrapVaultKey(raw, { words });
    expect(wrap).toMatchObject({ method: 'recovery_kit', kdf: { name: 'hkdf-sha256' } });
    expect(base64Decode(wrap.wrapped)).toHaveLength(60);
    expect(hex(await unwrapVaultKey({ words: words.toUpperCase().replaceAll(' ', '\n') }, wrap))).toBe(hex(raw));
  });

  /** Anyone with the words, the salt and RFC 5869 opens it without this code. */
  test('Wrap_TheKey_IsHkdfOfTheEntropyUnderItsOwnInfo', async () => {
    const wrap = await wrapVaultKey(raw, { words });
    const info = utf8('vaultbox/recovery-kit-wrap/v1');
    const material = await crypto.subtle.importKey('raw', kitEntropy(words), 'HKDF', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: base64Decode(wrap.kdf.salt), info }, material, 256);
    const key = await crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['decrypt']);
    const wrapped = base64Decode(wrap.wrapped);
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: wrapped.subarray(0, 12), additionalData: info }, key, wrapped.subarray(12));
    expect(hex(new Uint8Array(opened))).toBe(hex(raw));
  });

  test('Unwrap_AnotherKitAnotherMethodOrAlteredWrap_Refused', async () => {
    const wrap = await wrapVaultKey(raw, { words });
    await expect(unwrapVaultKey({ words: newKitWords().join(' ') }, wrap)).rejects.toMatchObject({ code: 'kit_wrong' });
    await expect(unwrapVaultKey({ words }, { ...wrap, wrapped: flipped(wrap.wrapped) })).rejects.toMatchObject({ code: 'kit_wrong' });
    await expect(unwrapVaultKey({ words: words.replace(/^\w+/, 'vaultbox') }, wrap)).rejects.toMatchObject({ code: 'kit_malformed' });
    await expect(unwrapVaultKey({ words }, { ...wrap, method: 'passphrase' })).rejects.toMatchObject({ code: 'key_invalid' });
    await expect(unwrapVaultKey({ words }, { ...wrap, kdf: { ...wrap.kdf, name: 'argon2id' } })).rejects.toMatchObject({ code: 'key_invalid' });
  });
});

function flipped(base64: string): string {
  const bytes = base64Decode(base64);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  return base64Encode(bytes);
}
