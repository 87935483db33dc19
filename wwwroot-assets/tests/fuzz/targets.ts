// What reads bytes of strangers. A target may refuse its input with an error of ours, and nothing else.
import { VaultError } from '../../vault/client/contract.ts';
import { splitAddedLines } from '../../vault/core/added-lines.ts';
import { longName, readCertificate, readPublicKey } from '../../vault/core/certificate.ts';
import { checkCertificateText } from '../../vault/core/certificate-text.ts';
import { parseEnvelopedData } from '../../vault/core/cms/envelope.ts';
import { malformed } from '../../vault/core/cms/errors.ts';
import { parseSignedData } from '../../vault/core/cms/signed-data.ts';
import { verifySigned } from '../../vault/core/cms/verify.ts';
import { latin1 } from '../../vault/core/encoding.ts';
import { readOwnKey } from '../../vault/core/key-files/own-key.ts';
import { MailMessage } from '../../vault/core/mime/message.ts';
import { parseReceipt } from '../../vault/core/receipt.ts';
import { sampleBytes, type Workshop } from '../vault/openssl.ts';

export interface Target {
  readonly name: string;
  /** A text that it gives tells apart what it made of its input. */
  readonly read: (bytes: Uint8Array) => unknown;
  /** Inputs that read well, to begin with. */
  readonly seeds: (workshop: Workshop) => Promise<readonly Uint8Array[]>;
}

const text = (bytes: Uint8Array): string => latin1(bytes);
const encode = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join('\r\n'));

async function signedSeeds(workshop: Workshop): Promise<Uint8Array[]> {
  workshop.write('mail.eml', sampleBytes(200));
  await workshop.recipient('fuzz', [], 'P-256');
  return [['-nodetach'], ['-nodetach', '-stream'], ['-noattr'], ['-keyid', '-nodetach']].map((options) => {
    workshop.openssl('cms', '-sign', '-binary', '-in', 'mail.eml', '-signer', 'fuzz.pem', '-inkey', 'fuzz.key', '-outform', 'DER', '-out', 's.der', ...options);
    return workshop.read('s.der');
  });
}

export const targets: readonly Target[] = [
  {
    name: 'envelope',
    read: parseEnvelopedData,
    seeds: async (workshop) => {
      workshop.write('mail.eml', sampleBytes(200));
      const made: Uint8Array[] = [];
      for (const kind of ['RSA', 'P-384'] as const) {
        await workshop.recipient(kind, [], kind);
        for (const options of [[], ['-stream'], ['-keyid']]) for (const cipher of ['-aes256', '-aes-256-gcm']) made.push(workshop.seal('mail.eml', 's.der', [kind, kind], options, cipher));
      }
      return made;
    },
  },
  {
    name: 'signed-data',
    read: (bytes) => {
      const data = parseSignedData(bytes);
      return verifySigned({ form: 'opaque', data, content: data.content ?? new Uint8Array(0) }, ['a@example.org'], new Date(0));
    },
    seeds: signedSeeds,
  },
  {
    name: 'certificate',
    read: (bytes) => {
      const certificate = readCertificate(bytes, malformed);
      return [longName(certificate.subject, malformed), readPublicKey(certificate.spki, malformed)];
    },
    seeds: async (workshop) => {
      await workshop.recipient('c', ['-addext', 'subjectAltName=email:a@example.org,otherName:1.3.6.1.5.5.7.8.9;UTF8:ä@example.org', '-addext', 'keyUsage=digitalSignature,keyCertSign'], 'P-256');
      return [workshop.certificate('c')];
    },
  },
  {
    // Without a password: a derivation takes as long as its file says, within its limit.
    name: 'key-file',
    read: (bytes) => readOwnKey([bytes], ''),
    seeds: async (workshop) => {
      await workshop.recipient('k', [], 'P-256');
      workshop.openssl('pkcs12', '-export', '-in', 'k.pem', '-inkey', 'k.key', '-out', 'k.p12', '-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac', '-passout', 'pass:');
      const pem = `${text(workshop.read('k.pem'))}${text(workshop.read('k.key'))}`;
      return [workshop.read('k.p12'), workshop.read('k.p8'), new TextEncoder().encode(pem)];
    },
  },
  {
    name: 'mail',
    read: async (bytes) => {
      const mail = await MailMessage.parse(splitAddedLines(bytes).original);
      for (const { id } of mail.attachments) mail.attachment(id);
      const many = Math.min(mail.attachments.length, 3);
      return `html ${mail.html !== null}, text ${mail.text !== null}, ${many} attachments, ${mail.inlineImages().length} images, ${mail.signed?.form ?? 'not'} signed, from ${mail.headers.from.length > 0}`;
    },
    seeds: async () => [
      encode(['Received: from a', 'HP-Outer: Subject: [...]', 'From: =?utf-8?Q?A?= <a@example.org>, b: c@example.org;', 'Content-Type: multipart/mixed; boundary="b"; hp="cipher"', '', '--b', 'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable', '', '<p>a=3Db &amp; <img src=3D"cid:x"></p>', '--b', 'Content-Type: image/png; name*0*=utf-8\'\'%41; name*1="b"', 'Content-ID: <x>', 'Content-Transfer-Encoding: base64', '', 'iVBORw0K', '--b--', '']),
      encode(['Content-Type: multipart/signed; boundary=s', '', '--s', 'Content-Type: text/plain; format=flowed', '', 'a ', 'b', '--s', 'Content-Type: application/pkcs7-signature', 'Content-Transfer-Encoding: base64', '', 'MAA=', '--s--']),
      encode(['Content-Type: application/pkcs7-mime; smime-type=signed-data', 'Content-Transfer-Encoding: base64', '', 'MIAGCSqGSIb3DQEHAqCA', '']),
    ],
  },
  {
    name: 'receipt',
    read: (bytes) => parseReceipt(text(bytes)),
    seeds: async () => {
      const claims = {
        cipher: 'AES-256-CBC', content_sha256: '00'.repeat(32), der_sha256: '00'.repeat(32), fingerprints: ['00'.repeat(32)], message: '0190a1b2-c3d4-7e5f-8a9b-ffffffffffff',
        received_at: '2026-11-22T13:00:00.123Z', size: 1, summary_sha256: null, v: 1, vaultbox: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
      };
      const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      return [encode([`${encoded({ alg: 'ES256', kid: '00'.repeat(32) })}.${encoded(claims)}.${'A'.repeat(86)}`])];
    },
  },
  {
    name: 'certificate-text',
    read: (bytes) => checkCertificateText(text(bytes)),
    seeds: async (workshop) => {
      await workshop.recipient('t', [], 'P-256');
      return [workshop.read('t.pem'), workshop.read('t.key')];
    },
  },
];

export const targetOf = (name: string): Target | undefined => targets.find((target) => target.name === name);

/** Milliseconds that an input of any kind may take. */
const slowest = 2_000;

/** What became of it, in a form that is the same for inputs that went the same way. Throws what is a finding. */
export async function tryInput(target: Target, bytes: Uint8Array): Promise<string> {
  const began = performance.now();
  let outcome: string;
  try {
    const value = await target.read(bytes);
    outcome = typeof value === 'string' ? value : value === null ? 'nothing' : 'read';
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    outcome = `${error.code} ${error.message.replace(/tag [0-9a-f]+|[0-9a-f]*\d[0-9a-f.]*/g, 'n')}`;
  }
  const took = performance.now() - began;
  if (took > slowest) throw new Error(`${bytes.length} octets took ${Math.round(took)} ms`);
  return outcome;
}
