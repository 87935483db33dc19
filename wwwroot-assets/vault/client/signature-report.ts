// What is told of the signature on a message.
/**
 * `altered`: the signature is not over this content. `no-certificate`: the signer's is not in the message. `algorithm`: WebCrypto has none of it.
 * `chain`: an issuer's signature does not agree, or it is no authority. `expired`, `usage`, `sha1`: of the signer's certificate or signature.
 */
export type SignatureProblem = 'altered' | 'no-certificate' | 'algorithm' | 'other-sender' | 'no-address' | 'expired' | 'usage' | 'chain' | 'sha1';
export interface ChainLink {
  /** As people are shown them; `subject` and `issuer` in full. */
  readonly name: string;
  readonly subject: string;
  readonly issuerName: string;
  readonly issuer: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** When the message came in. */
  readonly isValid: boolean;
  /** SHA-256, hex. */
  readonly fingerprint: string;
  readonly key: string;
  /** Whether its issuer's signature agrees; `self`: it is its own issuer; `absent`: the issuer is not in the message. */
  readonly issued: 'good' | 'bad' | 'unknown' | 'self' | 'absent';
}
export interface SignerReport {
  readonly verdict: 'good' | 'bad' | 'unknown';
  readonly problems: readonly SignatureProblem[];
  readonly name: string | null;
  readonly emails: readonly string[];
  /** Null where the certificate or the message names no address. */
  readonly matchesSender: boolean | null;
  /** ISO 8601 UTC, as the signer says. */
  readonly signedAt: string | null;
  readonly algorithm: string | null;
  /** The signer's certificate first. Nobody has said that its end is to be trusted. */
  readonly chain: readonly ChainLink[];
}
/** Of a message that its sender signed as a whole. */
export interface SignatureReport { readonly form: 'detached' | 'opaque'; readonly signers: readonly SignerReport[] }
