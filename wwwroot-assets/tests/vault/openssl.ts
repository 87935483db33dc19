// The foreign producer: openssl makes what the vault reads, and reads what the vault makes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPem } from '../../vault/core/pem.ts';
import { readCertificateNames } from '../../vault/core/x509.ts';
import type { RecipientKey } from '../../vault/core/cms.ts';
import { sha256Hex } from '../../vault/core/encoding.ts';

export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vault-test-'));

  path(name: string): string {
    return join(this.#folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  read(name: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(readFileSync(this.path(name)));
  }

  openssl(...args: readonly string[]): string {
    return execFileSync('openssl', args, { cwd: this.#folder, encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A self-signed RSA certificate `<name>.pem` with its key `<name>.key`, as the vault holds it. */
  async recipient(name: string, extensions: readonly string[] = []): Promise<RecipientKey> {
    this.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '30', ...extensions);
    this.openssl('pkcs8', '-topk8', '-nocrypt', '-in', `${name}.key`, '-outform', 'DER', '-out', `${name}.p8`);
    const certificate = fromPem('CERTIFICATE', readFileSync(this.path(`${name}.pem`), 'utf8'));
    const names = readCertificateNames(certificate);
    const privateKey = await crypto.subtle.importKey('pkcs8', this.read(`${name}.p8`), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['unwrapKey']);
    return { fingerprint: await sha256Hex(certificate), issuer: names.issuer, serial: names.serial, keyId: names.keyId, privateKey };
  }

  /** openssl cms -encrypt with RSAES-OAEP SHA-256 for each of the recipients. */
  seal(input: string, output: string, recipients: readonly string[], options: readonly string[] = [], cipher = '-aes256'): Uint8Array<ArrayBuffer> {
    const to = recipients.flatMap((name) => ['-recip', `${name}.pem`, '-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256']);
    this.openssl('cms', '-encrypt', '-binary', cipher, '-in', input, '-outform', 'DER', '-out', output, ...options, ...to);
    return this.read(output);
  }
}

/** Bytes that are the same in every run. */
export function sampleBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}
