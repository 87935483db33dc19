import { afterAll, describe, expect, test } from 'vitest';
import { checkCertificateText } from '../../vault/core/certificate-text.ts';
import { Workshop } from './openssl.ts';
import { certificateFileText } from '../../vault/core/certificate-text.ts';

const workshop = new Workshop();
afterAll(() => workshop.end());

describe('bundles', () => {
  test('CheckText_BundleOfOpenssl_IsNoPrivateKey', async () => {
    await workshop.recipient('own');
    for (const form of ['PEM', 'DER']) {
      workshop.openssl('crl2pkcs7', '-nocrl', '-certfile', 'own.pem', '-outform', form, '-out', `own.${form}`);
      expect(checkCertificateText(certificateFileText(workshop.read(`own.${form}`))).certificates).toBe(1);
    }
  });

  test('CheckText_PrivateKeysInEveryForm_StayRefused', async () => {
    await workshop.recipient('other');
    workshop.openssl('pkcs12', '-export', '-in', 'other.pem', '-inkey', 'other.key', '-passout', 'pass:x', '-out', 'other.p12');
    for (const name of ['other.key', 'other.p8', 'other.p12']) {
      expect(() => checkCertificateText(certificateFileText(workshop.read(name)))).toThrow(/private key/);
    }
  });
});
