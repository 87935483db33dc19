// Keys that openssl wrote in every form, read here; and what is written here, read by openssl.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { concat, fromUtf8, hex, utf8 } from '../../vault/core/encoding.ts';
import { decrypt3Des, encrypt3Des } from '../../vault/core/key-files/des.ts';
import { readOwnKey } from '../../vault/core/key-files/own-key.ts';
import { FilePassword } from '../../vault/core/key-files/pbe.ts';
import { readPkcs12 } from '../../vault/core/key-files/pkcs12-read.ts';
import { generatePassword, writePkcs12 } from '../../vault/core/key-files/pkcs12-write.ts';
import { fromPem } from '../../vault/core/pem.ts';
import { sampleBytes, Workshop } from './openssl.ts';
import { codeOf, flipped } from './outcomes.ts';

const workshop = new Workshop();
const kinds = ['RSA', 'P-256', 'P-384'] as const;
const password = `pässword ${generatePassword()}`;
const fingerprints = new Map<string, string>();

beforeAll(async () => {
  for (const kind of kinds) fingerprints.set(kind, (await workshop.recipient(kind, [], kind)).fingerprint);
});
afterAll(() => workshop.end());

const open = (files: readonly Uint8Array[], secret = password): ReturnType<typeof readOwnKey> => readOwnKey(files, secret);

/** openssl pkcs12 -export of this key; its password is UTF-8. */
function p12(kind: string, options: readonly string[] = [], secret = password): Uint8Array {
  workshop.openssl('pkcs12', '-export', '-in', `${kind}.pem`, '-inkey', `${kind}.key`, '-out', 'out.p12', '-passout', `pass:${secret}`, ...options);
  return workshop.read('out.p12');
}

/** A hundred certificates: too much for 3DES, which is slow here. */
function bundle(): string {
  return workshop.write('bundle.pem', kinds.map((kind) => fromUtf8(workshop.read(`${kind}.pem`))).join('').repeat(40));
}

/** The key as openssl has it in PKCS#8. */
const expected = (kind: string): string => hex(workshop.read(`${kind}.p8`));

describe('PKCS#12 from openssl', () => {
  test.each(kinds.flatMap((kind) => [
    [kind, 'its defaults', []], [kind, 'AES-128 and SHA-1', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha1']], [kind, 'SHA-512', ['-macalg', 'sha512', '-iter', '5000']],
    [kind, 'AES-192 and SHA-384', ['-keypbe', 'AES-192-CBC', '-certpbe', 'NONE', '-macalg', 'sha384']],
    [kind, '3DES', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']], [kind, '3DES within PBES2', ['-keypbe', 'DES-EDE3-CBC', '-certpbe', 'DES-EDE3-CBC']],
    [kind, 'a key in clear', ['-keypbe', 'NONE', '-certpbe', 'NONE']], [kind, 'no integrity', ['-nomac']],
  ] as const))('Read_%s with %s_SameKeyAndCertificate', async (kind, _what, options) => {
    const own = await open([p12(kind, options)]);
    expect(own.fingerprint).toBe(fingerprints.get(kind));
    expect(hex(own.pkcs8)).toBe(expected(kind));
  });

  test('Read_WithNoPasswordAtAll_Opens', async () => {
    expect((await open([p12('RSA', [], '')], '')).fingerprint).toBe(fingerprints.get('RSA'));
  });

  test('Read_PartsThatAskForTooMuchWorkTogether_RefusedBeforeItIsDone', async () => {
    const one = p12('RSA', ['-iter', '1900000', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-nomac', '-macalg', 'sha1']);
    const shared = new FilePassword(password);
    shared.spend(17_000_000);
    expect(await codeOf(() => readPkcs12(one, shared, { keys: [], certificates: [] }))).toBe('key_file_unsupported');
    expect(await codeOf(() => open([p12('RSA', ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-certfile', bundle()])]))).toBe('key_file_unsupported');
  });

  test('Read_WrongOrNoPassword_SaysWhich', async () => {
    for (const options of [[], ['-nomac'], ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-nomac']]) {
      const file = p12('P-256', options);
      // Without integrity a wrong password may also give what reads as no key.
      expect(await codeOf(() => open([file], 'another'))).toMatch(options.length === 0 ? /^key_file_password$/ : /^key_file_(password|malformed)$/);
      expect(await codeOf(() => open([file], ''))).toMatch(options.length === 0 ? /^key_file_locked$/ : /^key_file_(locked|malformed)$/);
    }
  });

  test('Read_Rc2OrItsLegacyDefaults_SaysThatItIsOutdated', async () => {
    expect(await codeOf(() => open([p12('RSA', ['-legacy'])]))).toBe('key_file_legacy');
    expect(await codeOf(() => open([p12('RSA', ['-legacy', '-keypbe', 'PBE-SHA1-RC2-128', '-certpbe', 'NONE'])]))).toBe('key_file_legacy');
  });

  test('Read_AnyByteFlipped_NeverAnotherKey', async () => {
    const file = p12('P-256');
    const odd: string[] = [];
    for (let at = 0; at < file.length; at += 3) {
      const code = await codeOf(async () => {
        if (hex((await open([flipped(file, at)])).pkcs8) !== expected('P-256')) throw Object.assign(new Error(), { code: 'another key' });
      });
      // Flips in names of algorithms' parameters may leave the file as it was.
      if (!/^(key_file_(malformed|password|unsupported|legacy|mismatch|without_key|without_certificate)|no error)$/.test(code)) odd.push(`${at}: ${code}`);
    }
    expect(odd).toEqual([]);
  });
});

describe('PKCS#8 and its like from openssl', () => {
  const pem = (name: string): Uint8Array => utf8(readFileSync(workshop.path(name), 'utf8'));

  test.each(kinds)('Read_%sInClearOrEncrypted_SameKey', async (kind) => {
    const certificate = pem(`${kind}.pem`);
    const write = (name: string, ...options: readonly string[]): Uint8Array => {
      workshop.openssl('pkcs8', '-topk8', '-in', `${kind}.key`, '-out', name, ...options);
      return workshop.read(name);
    };
    const encrypted = ['-passout', `pass:${password}`];
    const files = [
      write('clear.pem', '-nocrypt'), write('clear.der', '-nocrypt', '-outform', 'DER'), write('locked.pem', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256', ...encrypted),
      write('locked.der', '-outform', 'DER', '-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA512', ...encrypted), write('des.pem', '-v2', 'des3', '-v2prf', 'hmacWithSHA1', ...encrypted),
      write('v1.pem', '-v1', 'PBE-SHA1-3DES', ...encrypted),
    ];
    for (const file of files) {
      const own = await open([certificate, file]);
      expect(own.fingerprint).toBe(fingerprints.get(kind));
      expect(hex(own.pkcs8)).toBe(expected(kind));
    }
    // Both in one file, as servers keep them, and the certificate as DER.
    expect((await open([concat(write('key.pem', '-nocrypt'), certificate)], '')).fingerprint).toBe(fingerprints.get(kind));
    expect((await open([workshop.certificate(kind), write('key.der', '-nocrypt', '-outform', 'DER')], '')).fingerprint).toBe(fingerprints.get(kind));
  });

  test('Read_TraditionalForms_SameKey', async () => {
    workshop.openssl('rsa', '-in', 'RSA.key', '-traditional', '-out', 'pkcs1.pem');
    workshop.openssl('ec', '-in', 'P-384.key', '-out', 'sec1.pem');
    expect(readFileSync(workshop.path('pkcs1.pem'), 'utf8')).toContain('BEGIN RSA PRIVATE KEY');
    expect((await open([pem('pkcs1.pem'), pem('RSA.pem')], '')).fingerprint).toBe(fingerprints.get('RSA'));
    expect((await open([pem('sec1.pem'), pem('P-384.pem')], '')).fingerprint).toBe(fingerprints.get('P-384'));
  });

  test('Read_OpensslsOwnEncryption_SaysThatItIsOutdated', async () => {
    workshop.openssl('rsa', '-in', 'RSA.key', '-traditional', '-aes256', '-passout', `pass:${password}`, '-out', 'old.pem');
    expect(await codeOf(() => open([pem('old.pem'), pem('RSA.pem')]))).toBe('key_file_legacy');
    workshop.openssl('pkcs8', '-topk8', '-in', 'RSA.key', '-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default', '-passout', `pass:${password}`, '-out', 'md5.pem');
    expect(await codeOf(() => open([pem('md5.pem'), pem('RSA.pem')]))).toBe('key_file_legacy');
    workshop.openssl('pkcs8', '-topk8', '-in', 'RSA.key', '-scrypt', '-passout', `pass:${password}`, '-out', 'scrypt.pem');
    expect(await codeOf(() => open([pem('scrypt.pem'), pem('RSA.pem')]))).toBe('key_file_unsupported');
  });

  test('Read_PartsMissingOrOfDifferentKeys_SaysWhich', async () => {
    expect(await codeOf(() => open([pem('RSA.pem')]))).toBe('key_file_without_key');
    expect(await codeOf(() => open([pem('RSA.key')]))).toBe('key_file_without_certificate');
    expect(await codeOf(() => open([pem('RSA.key'), pem('P-256.pem')]))).toBe('key_file_mismatch');
    await workshop.recipient('other');
    expect(await codeOf(() => open([pem('RSA.key'), pem('other.pem')]))).toBe('key_file_mismatch');
    for (const file of [utf8('hello'), new Uint8Array(0), Uint8Array.of(0x30, 0x80), new Uint8Array(2_000_000)]) expect(await codeOf(() => open([file]))).toBe('key_file_malformed');
  });

  test('Read_SeveralCertificatesOfTheKey_TakesTheOneForEncryption', async () => {
    workshop.openssl('req', '-x509', '-key', 'RSA.key', '-out', 'sign.pem', '-subj', '/CN=sign', '-days', '90', '-addext', 'keyUsage=digitalSignature');
    workshop.openssl('req', '-x509', '-key', 'RSA.key', '-out', 'both.pem', '-subj', '/CN=both', '-days', '20', '-addext', 'keyUsage=digitalSignature,keyEncipherment');
    const own = await open([pem('sign.pem'), pem('both.pem'), pem('RSA.key')], '');
    expect(hex(own.certificate)).toBe(hex(workshop.certificate('both')));
  });
});

describe('PKCS#12 written here', () => {
  test.each(kinds.flatMap((kind) => [[kind, 'AES-256'], [kind, '3DES']] as const))('Write_%s with %s_OpensslAndWeOpenIt', async (kind, cipher) => {
    const [pkcs8, certificate] = [workshop.read(`${kind}.p8`), workshop.certificate(kind)];
    const file = await writePkcs12({ pkcs8, certificate, friendlyName: 'Ïnes', password, cipher });
    workshop.write('ours.p12', file);
    workshop.openssl('pkcs12', '-in', 'ours.p12', '-passin', `pass:${password}`, '-nodes', '-out', 'opened.pem');
    const opened = readFileSync(workshop.path('opened.pem'), 'utf8');
    expect(hex(fromPem('PRIVATE KEY', opened))).toBe(hex(pkcs8));
    expect(hex(fromPem('CERTIFICATE', opened))).toBe(hex(certificate));
    const info = workshop.openssl('pkcs12', '-in', 'ours.p12', '-passin', `pass:${password}`, '-noout', '-nokeys');
    expect(info).toBe('');
    expect(hex((await open([file])).pkcs8)).toBe(hex(pkcs8));
  });
});

describe('PKCS#12 in other programs', () => {
  const secret = generatePassword();
  const written = async (kind: string, cipher: 'AES-256' | '3DES'): Promise<string> => {
    const file = await writePkcs12({ pkcs8: workshop.read(`${kind}.p8`), certificate: workshop.certificate(kind), friendlyName: 'Ïnes', password: secret, cipher });
    return workshop.write(`${kind}-${cipher}.p12`, file);
  };

  test.each(kinds.flatMap((kind) => [[kind, 'AES-256'], [kind, '3DES']] as const))('Nss_%s with %s_Reads', async (kind, cipher) => {
    expect(execFileSync('pk12util', ['-l', await written(kind, cipher), '-W', secret], { encoding: 'utf8' })).toContain('Certificate(has private key)');
  });

  /** What gpgsm says when it imports; its agent ends with the test. GnuPG 2.2 reads the older form alone, and crashes at keys on curves. */
  const gpgsm = (path: string): string => {
    const home = mkdtempSync(join(tmpdir(), 'gpgsm-'));
    const env = { ...process.env, GNUPGHOME: home };
    const said = spawnSync('gpgsm', ['--batch', '--no-tty', '--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--import', path], { env, input: secret, encoding: 'utf8' });
    spawnSync('gpgconf', ['--kill', 'all'], { env });
    rmSync(home, { recursive: true, force: true });
    return said.stderr;
  };

  test('Gpgsm_RsaWith3Des_ImportsTheKey', async () => {
    expect(gpgsm(await written('RSA', '3DES'))).toMatch(/secret keys imported: 1/);
  });
});

describe('3DES', () => {
  test('Encrypt_AnyLength_OpensslOpensItAndBack', () => {
    const [key, iv] = [sampleBytes(24, 3), sampleBytes(8, 4)];
    for (const length of [0, 1, 7, 8, 9, 100]) {
      const plaintext = sampleBytes(length, length + 9);
      const sealed = encrypt3Des(key, iv, plaintext);
      workshop.write('des.bin', sealed);
      workshop.openssl('enc', '-d', '-des-ede3-cbc', '-K', hex(key), '-iv', hex(iv), '-in', 'des.bin', '-out', 'plain.bin');
      expect(hex(workshop.read('plain.bin'))).toBe(hex(plaintext));
      expect(hex(decrypt3Des(key, iv, sealed) ?? Uint8Array.of(0))).toBe(hex(plaintext));
    }
    expect(decrypt3Des(key, iv, sampleBytes(15))).toBeNull();
    expect(decrypt3Des(sampleBytes(24, 8), iv, encrypt3Des(key, iv, sampleBytes(100)))).toBeNull();
  });
});
