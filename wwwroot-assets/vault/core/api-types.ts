// Shapes of /api/v1 as the browser reads them.
export interface Page<T> { readonly items: readonly T[]; readonly next: string | null }

export interface ApiAccount { readonly id: string; readonly email: string; readonly role: string }

export interface ApiDomain { readonly id: string; readonly domain: string; readonly verificationStatus: string; readonly shared: boolean }

export interface ApiVaultbox {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly alias: string;
  readonly address: string;
  readonly status: string;
  readonly createdAt: string;
  readonly messageCount: number;
  readonly lastMailAt: string | null;
  readonly keyCount: number;
  readonly needsKey: boolean;
  readonly hasPortalKey: boolean;
  readonly expiresAt: string | null;
}

export interface AvailabilityAnswer {
  readonly available: boolean;
  readonly code: 'alias_taken' | 'alias_reserved' | 'alias_malformed' | 'domain_unknown' | null;
  readonly detail: string | null;
}

export type KeyPurpose = 'mail' | 'portal' | 'owner';

export interface ApiCertificate {
  readonly id: string;
  readonly certificateType: 'public' | 'private';
  readonly purpose: string;
  readonly friendlyName: string | null;
  readonly pem: string;
  readonly fingerprintSha256: string;
  readonly algorithm: string | null;
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly status: string;
  readonly bindingKind: 'owner' | 'installation' | null;
  readonly bindingSignature: string | null;
}

export interface CertificateUpload extends ApiCertificate { readonly warnings: readonly { readonly code: string; readonly message: string }[] }

export interface CertificateStep {
  readonly code: string;
  readonly outcome: 'passed' | 'warned' | 'refused';
  readonly title: string;
  readonly reason: string | null;
}
export interface CheckedCertificate {
  readonly name: string;
  readonly algorithm: string;
  readonly notAfter: string;
  readonly pem: string;
  readonly isAccepted: boolean;
  readonly details: { readonly fingerprintSha256: string };
  readonly steps: readonly CertificateStep[];
}
/** `issuers`: certificates of authorities that came along and are not kept. */
export interface CheckedCertificates { readonly items: readonly CheckedCertificate[]; readonly issuers: number }

export interface ApiKeyProof { readonly token: string; readonly note: string; readonly expiresAt: string }

export interface ApiKdf {
  readonly name: string;
  readonly salt: string;
  /** Of argon2id. */
  readonly memoryKib?: number;
  readonly passes?: number;
  readonly lanes?: number;
}
export interface ApiVaultKeyWrap { readonly method: string; readonly kdf: ApiKdf; readonly wrapped: string }
export interface ApiStoredWrap extends ApiVaultKeyWrap { readonly createdAt: string }
/** `replaces`: createdAt of the wrap that it takes the place of; null where there is none yet. */
export interface ApiReplaceWrap { readonly kdf: ApiKdf; readonly wrapped: string; readonly replaces: string | null }

export interface ApiKeyItem {
  readonly purpose: KeyPurpose;
  readonly publicPem: string;
  readonly privatePem: string;
  readonly binding: string | null;
  readonly friendlyName: string | null;
}
export interface ApiStoreKeys {
  readonly vaultKeyWrap: ApiVaultKeyWrap | null;
  readonly recoveryKitWrap: ApiVaultKeyWrap | null;
  readonly items: readonly ApiKeyItem[];
}

export interface ApiSummary {
  readonly id: string;
  readonly uid: number;
  readonly receivedAt: string;
  readonly size: number;
  readonly flags: readonly string[];
  readonly contentSha256: string;
  readonly summary: string | null;
  readonly sender: string | null;
}

/** What is used of it. */
export interface ApiMessage { readonly summary: string | null }

export interface ApiReceiptKey { readonly fingerprint: string; readonly spki: string }
export interface TestMailAnswer { readonly subject: string; readonly reply: string }
export interface ApiPassportEntry {
  readonly occurredAt: string;
  readonly stage: string;
  readonly outcome: string;
  readonly smtpCode: number | null;
  readonly enhancedCode: string | null;
  readonly reason: string | null;
}
