import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { signBinding, verifyBinding } from '../../vault/core/binding.ts';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptEnvelopedData } from '../../vault/core/cms/open.ts';
import { importRecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { base64Decode, fromUtf8, hex, sha256Hex } from '../../vault/core/encoding.ts';
import { generateKeys } from '../../vault/core/key-generation.ts';
import { fromPem, toPem } from '../../vault/core/pem.ts';
import { generatePassword, writePkcs12 } from '../../vault/core/key-files/pkcs12-write.ts';
import { importVaultKey, openPrivateKey, sealPrivateKey } from '../../vault/core/vault-key.ts';
import { sampleBytes, Workshop } from './openssl.ts';

const workshop = new Workshop();
afterAll(() => workshop.end());

const newVaultKey = (): Promise<CryptoKey> => importVaultKey(sampleBytes(32));

describe('vault key', () => {
  test('Import_Bytes_AreZeroedAndTheKeyDoesNotLeave', async () => {
    const raw = sampleBytes(32);
    const key = await importVaultKey(raw);
    expect(hex(raw)).toBe('00'.repeat(32));
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

describe('private key armour', () => {
  test('Open_RoundTrip_SameBytesAndForm', async () => {
    const key = await newVaultKey();
    const secret = sampleBytes(1_800);
    const armour = await sealPrivateKey(key, 'portal', 'ab'.repeat(32), secret);
    expect(armour).toMatch(/^-----BEGIN ENCRYPTED VAULTBOX KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END ENCRYPTED VAULTBOX KEY-----\n$/);
    expect(fromUtf8(fromPem('ENCRYPTED VAULTBOX KEY', armour).subarray(0, 4))).toBe('VBK1');
    expect(hex(await openPrivateKey(key, 'portal', 'ab'.repeat(32), armour))).toBe(hex(secret));
  });

  test('Open_OtherPurposeFingerprintKeyOrByte_Refused', async () => {
    const key = await newVaultKey();
    const other = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const armour = await sealPrivateKey(key, 'portal', 'ab'.repeat(32), sampleBytes(100));
    const bytes = fromPem('ENCRYPTED VAULTBOX KEY', armour);
    const refused = { code: 'key_invalid' };
    await expect(openPrivateKey(key, 'mail', 'ab'.repeat(32), armour)).rejects.toMatchObject(refused);
    await expect(openPrivateKey(key, 'portal', 'ac'.repeat(32), armour)).rejects.toMatchObject(refused);
    await expect(openPrivateKey(other, 'portal', 'ab'.repeat(32), armour)).rejects.toMatchObject(refused);
    await expect(openPrivateKey(key, 'portal', 'ab'.repeat(32), 'no armour')).rejects.toMatchObject(refused);
    for (let i = 0; i < bytes.length; i++) {
      const altered = bytes.slice();
      altered[i] = (altered[i] ?? 0) ^ 0x80;
      await expect(openPrivateKey(key, 'portal', 'ab'.repeat(32), toPem('ENCRYPTED VAULTBOX KEY', altered))).rejects.toMatchObject(refused);
    }
  });
});

describe('generated keys', () => {
  test('Generate_All_OpensslReadsThemAndTheyWork', async () => {
    const steps: string[] = [];
    const keys = await generateKeys('ines@ipv.sx', true, (p) => steps.push(`${p.step}:${p.done}`));
    expect(steps).toEqual(['mail-key:false', 'mail-key:true', 'certificate:false', 'certificate:true', 'reading-key:false', 'reading-key:true', 'owner-key:false', 'owner-key:true']);
    workshop.write('own.pem', keys.mail.publicPem);
    const text = workshop.openssl('x509', '-in', 'own.pem', '-noout', '-text');
    expect(text).toContain('Public-Key: (3072 bit)');
    expect(text).toContain('email:ines@ipv.sx');
    expect(text).toContain('E-mail Protection');
    expect(text).toContain('Digital Signature, Key Encipherment');
    expect(text).toContain('CA:FALSE');
    expect(text).toMatch(/Subject: CN ?= ?ines@ipv.sx/);
    expect(workshop.openssl('verify', '-CAfile', 'own.pem', '-purpose', 'smimeencrypt', '-check_ss_sig', 'own.pem')).toContain('OK');
    const certificate = fromPem('CERTIFICATE', keys.mail.publicPem);
    expect(await sha256Hex(certificate)).toBe(keys.mail.fingerprint);
    const years = Number(/Not After : .* (\d{4}) GMT/.exec(text)?.[1]) - Number(/Not Before: .* (\d{4}) GMT/.exec(text)?.[1]);
    expect(years).toBe(10);
    // Sealed by openssl to this certificate, opened with this key, found by issuer and serial, and by key identifier.
    const key = await importRecipientKey(certificate, keys.mail.pkcs8);
    expect(key.keyId).toHaveLength(20);
    workshop.write('note.txt', 'A note\r\n');
    for (const option of [[], ['-keyid']]) {
      const sealed = workshop.seal('note.txt', 'note.der', ['own'], option);
      const opened = await decryptEnvelopedData(parseEnvelopedData(sealed), [key]);
      expect(fromUtf8(opened.plaintext)).toBe('A note\r\n');
    }
    for (const pair of [keys.portal, keys.owner]) {
      workshop.write('public.pem', pair?.publicPem ?? '');
      expect(workshop.openssl('pkey', '-pubin', '-in', 'public.pem', '-noout', '-text')).toContain('prime256v1');
    }
  });

  test('Certificate_AddressOutsideAscii_OtherNameAndLongNameCut', async () => {
    const keys = await generateKeys(`${'ä'.repeat(70)}@ipv.sx`, false, () => undefined);
    workshop.write('eai.pem', keys.mail.publicPem);
    expect(workshop.openssl('x509', '-in', 'eai.pem', '-noout', '-ext', 'subjectAltName')).toMatch(/othername/i);
    expect(keys.owner).toBeNull();
  });
});

describe('binding', () => {
  test('Verify_ExactlyWhatWasSigned_OnlyThat', async () => {
    const owner = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const box = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
    const signature = await signBinding(owner.privateKey, box, 'mail', 'ab'.repeat(32));
    expect(base64Decode(signature)).toHaveLength(64);
    expect(await verifyBinding(owner.publicKey, box, 'mail', 'ab'.repeat(32), signature)).toBe(true);
    expect(await verifyBinding(owner.publicKey, box.replace('0190', '0191'), 'mail', 'ab'.repeat(32), signature)).toBe(false);
    expect(await verifyBinding(owner.publicKey, box, 'portal', 'ab'.repeat(32), signature)).toBe(false);
    expect(await verifyBinding(owner.publicKey, box, 'mail', 'ac'.repeat(32), signature)).toBe(false);
    expect(await verifyBinding(owner.publicKey, box, 'mail', 'ab'.repeat(32), '*')).toBe(false);
  });
});

describe('PKCS#12', () => {
  test('Write_OpensslOpensIt_SameKeyAndCertificate', async () => {
    const keys = await generateKeys('ines@ipv.sx', false, () => undefined);
    const password = generatePassword();
    expect(password.replaceAll('-', '')).toHaveLength(26);
    const certificate = fromPem('CERTIFICATE', keys.mail.publicPem);
    const file = await writePkcs12({ pkcs8: keys.mail.pkcs8, certificate, friendlyName: 'ines@ipv.sx', password, cipher: 'AES-256' });
    workshop.write('key.p12', file);
    workshop.openssl('pkcs12', '-in', 'key.p12', '-passin', `pass:${password}`, '-nodes', '-out', 'key.pem');
    const opened = readFileSync(workshop.path('key.pem'), 'utf8');
    expect(opened).toContain('friendlyName: ines@ipv.sx');
    expect(hex(fromPem('CERTIFICATE', opened))).toBe(hex(certificate));
    expect(hex(fromPem('PRIVATE KEY', opened))).toBe(hex(keys.mail.pkcs8));
    expect(() => workshop.openssl('pkcs12', '-in', 'key.p12', '-passin', 'pass:other', '-nodes', '-out', 'no.pem')).toThrow(/mac verify/i);
    const description = workshop.openssl('asn1parse', '-inform', 'DER', '-in', 'key.p12', '-strparse', '26');
    expect(description).toContain('pkcs7-encryptedData');
  });
});
