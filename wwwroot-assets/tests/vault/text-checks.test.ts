import { describe, expect, test } from 'vitest';
import { certificateFileText, checkCertificateText } from '../../vault/core/certificate-text.ts';
import { base64Encode } from '../../vault/core/encoding.ts';
import { generateKeys } from '../../vault/core/key-generation.ts';
import { fromPem, toPem } from '../../vault/core/pem.ts';
import { passphraseStrength, suggestPassphrase } from '../../vault/core/passphrase.ts';
import { writePkcs12 } from '../../vault/core/key-files/pkcs12-write.ts';
import { Workshop } from './openssl.ts';

const codeOf = (text: string): string => {
  try {
    const check = checkCertificateText(text);
    return `${check.kind} ${check.certificates}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('certificate text', () => {
  test('Check_PrivateKeysInEveryForm_RefusedBeforeSending', async () => {
    const workshop = new Workshop();
    const keys = await generateKeys('ines@ipv.sx', true, () => undefined);
    const { pkcs8 } = keys.mail;
    const certificate = fromPem('CERTIFICATE', keys.mail.publicPem);
    workshop.write('key.p8', pkcs8);
    workshop.openssl('rsa', '-inform', 'DER', '-in', 'key.p8', '-traditional', '-outform', 'DER', '-out', 'key.p1');
    workshop.openssl('rsa', '-inform', 'DER', '-in', 'key.p8', '-traditional', '-aes256', '-passout', 'pass:x', '-out', 'key.enc.pem');
    workshop.openssl('pkcs8', '-topk8', '-inform', 'DER', '-in', 'key.p8', '-passout', 'pass:x', '-outform', 'DER', '-out', 'key.enc.p8');
    workshop.write('owner.p8', keys.owner?.pkcs8 ?? new Uint8Array(0));
    workshop.openssl('ec', '-inform', 'DER', '-in', 'owner.p8', '-outform', 'DER', '-out', 'owner.sec1');
    const jwk = JSON.stringify(await crypto.subtle.exportKey('jwk', await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-256' }, true, ['decrypt'])));
    const p12 = await writePkcs12({ pkcs8, certificate, friendlyName: 'x', password: 'y', cipher: 'AES-256' });
    const forms: Record<string, string> = {
      'PKCS#8 PEM': toPem('PRIVATE KEY', pkcs8),
      'PKCS#1 PEM': toPem('RSA PRIVATE KEY', workshop.read('key.p1')),
      'EC PEM': toPem('EC PRIVATE KEY', workshop.read('owner.sec1')),
      'OpenSSH PEM': '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n',
      'encrypted PEM': new TextDecoder().decode(workshop.read('key.enc.pem')),
      'encrypted PKCS#8 DER': base64Encode(workshop.read('key.enc.p8')),
      'PKCS#8 DER': base64Encode(pkcs8),
      'PKCS#8 DER as file': certificateFileText(pkcs8),
      'PKCS#1 DER': base64Encode(workshop.read('key.p1')),
      'SEC 1 DER': base64Encode(workshop.read('owner.sec1')),
      'PKCS#12': base64Encode(p12),
      'PKCS#12 as file': certificateFileText(p12),
      'key labelled a certificate': toPem('CERTIFICATE', pkcs8),
      'certificate with its key': keys.mail.publicPem + toPem('PRIVATE KEY', pkcs8),
      'key without its end': toPem('PRIVATE KEY', pkcs8).split('-----END')[0] ?? '',
      'label in lower case': '-----begin private key-----\nAAAA\n',
      JWK: jwk,
      'our own armour': '-----BEGIN ENCRYPTED VAULTBOX KEY-----\nAAAA\n-----END ENCRYPTED VAULTBOX KEY-----\n',
    };
    workshop.end();
    const outcomes = Object.fromEntries(Object.entries(forms).map(([name, text]) => [name, codeOf(text)]));
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(forms).map((name) => [name, 'private_key_in_clear'])));
    expect(codeOf(keys.mail.publicPem)).toBe('pem 1');
    expect(codeOf(`some words\n${keys.mail.publicPem}${keys.mail.publicPem}`)).toBe('pem 2');
    expect(codeOf(base64Encode(certificate))).toBe('der-base64 1');
    expect(codeOf(certificateFileText(certificate))).toBe('der-base64 1');
  });

  test.each(['', 'hello', '-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----', '-----BEGIN PUBLIC KEY-----\nMAAwAA==\n-----END PUBLIC KEY-----', 'AAAA', 'x'.repeat(2_000_000)])('Check_NoCertificate_Unparsable', (text) => {
    expect(codeOf(text)).toBe('certificate_unparsable');
  });
});

describe('passphrases', () => {
  test.each([
    ['', 0], ['short', 0], ['elevenchars', 1], ['passwordpassword', 0], ['P@ssw0rd1234', 0], ['Password2026!', 0], ['qwertyuiop12', 0], ['asdfghjklqwe', 0], ['aaaaaaaaaaaaaaaa', 0], ['123456789012', 0],
    ['correct horse battery staple', 0], ['the quick brown fox', 0], ['abcabcabcabcabc', 1], ['letmeinletmein', 0], ['zxcvbnmzxcvbnm', 1],
  ])('Strength_%s_RefusedWithWhatToDo', (passphrase, atMost) => {
    const strength = passphraseStrength(passphrase);
    expect(strength.ok).toBe(false);
    expect(strength.score).toBeLessThanOrEqual(atMost + 1);
    expect(strength.hint).toMatch(/\.$/);
  });

  test.each(['otter lantern gravel sonnet mango', 'Tr7#kWq9!zLm2', 'my cat eats blue tulips on tuesdays', 'Füße laufen über nasse Wiesen'])('Strength_%s_Taken', (passphrase) => {
    expect(passphraseStrength(passphrase)).toMatchObject({ ok: true, hint: '' });
  });

  test('Suggest_Words_StrongAndDifferent', () => {
    const suggestions = new Set(Array.from({ length: 200 }, () => suggestPassphrase(6)));
    expect(suggestions.size).toBe(200);
    for (const suggestion of suggestions) {
      expect(suggestion.split(' ')).toHaveLength(6);
      expect(passphraseStrength(suggestion)).toMatchObject({ ok: true });
    }
    expect(Array.from({ length: 200 }, () => suggestPassphrase(5)).every((s) => passphraseStrength(s).ok && new Set(s.split(' ')).size === 5)).toBe(true);
  });
});
