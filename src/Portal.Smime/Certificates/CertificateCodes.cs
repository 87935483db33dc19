namespace Portal.Smime;

/// <summary>Stable codes of refusals and warnings; API clients compare them.</summary>
public static class CertificateCodes
{
    // Refusals.
    public const string Unparsable = "certificate_unparsable";
    public const string Expired = "certificate_expired";
    public const string NotYetValid = "certificate_not_yet_valid";
    public const string KeyTooSmall = "key_too_small";
    public const string AlgorithmUnsupported = "key_algorithm_unsupported";
    public const string UsageForbidsEncryption = "key_usage_forbids_encryption";
    public const string Duplicate = "certificate_duplicate";
    public const string PrivateKeyInClear = "private_key_in_clear";
    public const string SecondKeyFamily = "second_key_family";
    public const string TooLarge = "certificate_too_large";

    // Warnings.
    public const string AddressMismatch = "address_mismatch";
    public const string SelfSigned = "self_signed";
    public const string CaCertificate = "ca_certificate";
    public const string NoEmailUsage = "no_email_usage";
    public const string Sha1Signature = "sha1_signature";
    public const string ExpiresSoon = "expires_soon";
}
