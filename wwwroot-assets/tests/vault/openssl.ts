// The foreign producer: openssl makes what the vault reads, and reads what the vault makes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VaultError } from '../../vault/client/contract.ts';
import { readCertificate, readPublicKey } from '../../vault/core/certificate.ts';
import { oid } from '../../vault/core/der-writer.ts';
import { fromPem } from '../../vault/core/pem.ts';
import { importRecipientKey, type RecipientKey } from '../../vault/core/cms/recipient-key.ts';

export type KeyKind = 'RSA' | 'P-256' | 'P-384';
const curve = (name: string): readonly string[] => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${name}`];
const newKey: Readonly<Record<KeyKind, readonly string[]>> = { RSA: ['-newkey', 'rsa:2048'], 'P-256': curve('P-256'), 'P-384': curve('P-384') };

const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'];
const agreement = ['-keyopt', 'ecdh_kdf_md:sha256'];

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

  /** A self-signed certificate `<name>.pem` with its key `<name>.key`, as the vault holds it. */
  async recipient(name: string, extensions: readonly string[] = [], kind: KeyKind = 'RSA'): Promise<RecipientKey> {
    this.openssl('req', '-x509', ...newKey[kind], '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '30', ...extensions);
    this.openssl('pkcs8', '-topk8', '-nocrypt', '-in', `${name}.key`, '-outform', 'DER', '-out', `${name}.p8`);
    return importRecipientKey(this.certificate(name), this.read(`${name}.p8`));
  }

  /** DER of `<name>.pem`. */
  certificate(name: string): Uint8Array<ArrayBuffer> {
    return fromPem('CERTIFICATE', readFileSync(this.path(`${name}.pem`), 'utf8'));
  }

  #isCurve(name: string): boolean {
    const { spki } = readCertificate(this.certificate(name), (what) => new VaultError('internal', what));
    return readPublicKey(spki, (what) => new VaultError('internal', what)).algorithm === oid.ecPublicKey;
  }

  /** openssl cms -encrypt to each of the recipients: with RSAES-OAEP SHA-256, or key agreement with SHA-256, as their keys are; `old`: with PKCS#1 v1.5. */
  seal(input: string, output: string, recipients: readonly string[], options: readonly string[] = [], cipher = '-aes256', old = false): Uint8Array<ArrayBuffer> {
    const to = recipients.flatMap((name) => ['-recip', `${name}.pem`, ...(old ? [] : this.#isCurve(name) ? agreement : oaep)]);
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
