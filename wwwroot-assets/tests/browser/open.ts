// Bundled for a page: opens what openssl has sealed with the browser's own WebCrypto.
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { decryptEnvelopedData } from '../../vault/core/cms/open.ts';
import { importRecipientKey } from '../../vault/core/cms/recipient-key.ts';
import { base64Decode, sha256Hex } from '../../vault/core/encoding.ts';
import { codeOf } from '../vault/outcomes.ts';

/** Octets are in base64. */
export interface Vector {
  readonly name: string;
  readonly sealed: string;
  readonly certificate: string;
  readonly pkcs8: string;
  readonly sha256: string;
  readonly expected: string;
}

declare global {
  function openSealed(vector: Vector): Promise<string>;
}

globalThis.openSealed = async ({ sealed, certificate, pkcs8, sha256 }) => {
  let opened = '';
  const code = await codeOf(async () => {
    const key = await importRecipientKey(base64Decode(certificate), base64Decode(pkcs8));
    const { plaintext } = await decryptEnvelopedData(parseEnvelopedData(base64Decode(sealed)), [key]);
    opened = (await sha256Hex(plaintext)) === sha256 ? 'same bytes' : 'other bytes';
  });
  return opened === '' ? code : opened;
};
