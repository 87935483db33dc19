using System.Globalization;

namespace Portal.Smime;

/// <summary>What a certificate is checked against.</summary>
public sealed record CertificateCheckContext
{
    /// <summary>Addresses of the vaultbox; compared without regard to case.</summary>
    public required IReadOnlyCollection<string> VaultboxAddresses { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Fingerprints (lower-case hex SHA-256) of the certificates the vaultbox has.</summary>
    public IReadOnlyCollection<string> ExistingFingerprints { get; init; } = [];

    /// <summary>Key family of the vaultbox's active mail certificates; null when there are none.</summary>
    public KeyFamily? ExistingKeyFamily { get; init; }

    /// <summary>Days after its end for which an expired certificate is still used.</summary>
    public int GraceDays { get; init; } = 30;
}

/// <summary>A certificate may be used when there is no refusal; warnings are for people.</summary>
public sealed record CertificateCheckResult(IReadOnlyList<CertificateFinding> Refusals, IReadOnlyList<CertificateFinding> Warnings)
{
    public bool IsAccepted => Refusals.Count == 0;
}

/// <summary>The checks made when a mail certificate is added.</summary>
public static class CertificateChecks
{
    /// <summary>Smallest RSA modulus, in bits (RFC 8551 section 4.2).</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>Largest RSA modulus, in bits: OpenSSL's own limit.</summary>
    public const int MaximumRsaBits = 16384;

    /// <summary>Days before its end from which a certificate is said to expire soon.</summary>
    public const int ExpiresSoonDays = 30;

    /// <summary>All refusals and all warnings together, so that a user learns everything at once.</summary>
    public static CertificateCheckResult Check(MailCertificate certificate, CertificateCheckContext context) =>
        new([.. Refusals(certificate, context)], [.. Warnings(certificate, context)]);

    private static IEnumerable<CertificateFinding> Refusals(MailCertificate certificate, CertificateCheckContext context)
    {
        if (context.ExistingFingerprints.Contains(certificate.FingerprintSha256, StringComparer.OrdinalIgnoreCase))
        {
            yield return new(CertificateCodes.Duplicate, "This vaultbox already has this certificate. Nothing needs to be done.");
        }

        if (KeyRefusal(certificate, context.ExistingKeyFamily) is { } key)
        {
            yield return key;
        }

        if (certificate.NotBefore > context.Now)
        {
            yield return new(CertificateCodes.NotYetValid, $"This certificate is valid only from {Day(certificate.NotBefore)}. Upload it then, or use another one until that day.");
        }

        if (certificate.NotAfter.AddDays(context.GraceDays) < context.Now)
        {
            yield return new(CertificateCodes.Expired, $"This certificate expired on {Day(certificate.NotAfter)}, so mail can no longer be sealed for it. Upload the one that replaces it, or make a new key here.");
        }

        if (!certificate.Traits.AllowsEncryption)
        {
            yield return new(CertificateCodes.UsageForbidsEncryption, "This certificate may be used for signing only: its key usage lacks key encipherment. Ask your issuer for one that allows encryption, or make a key here.");
        }
    }

    private static CertificateFinding? KeyRefusal(MailCertificate certificate, KeyFamily? existing)
    {
        if (existing is { } other && other != certificate.Family && certificate.Family != KeyFamily.Other)
        {
            return new(CertificateCodes.SecondKeyFamily, $"This vaultbox seals for {Name(other)} keys and this certificate has an {Name(certificate.Family)} key. Some mail programs refuse messages sealed for both. Use an {Name(other)} certificate, or another vaultbox.");
        }

        if (certificate.Family != KeyFamily.Rsa)
        {
            return new(CertificateCodes.AlgorithmUnsupported, $"The key of this certificate ({certificate.Algorithm}) cannot be used to seal mail. Use an RSA certificate of at least {MinimumRsaBits} bits, or make a key here.");
        }

        return certificate.KeySize switch
        {
            < MinimumRsaBits => new(CertificateCodes.KeyTooSmall, $"An RSA key of {certificate.KeySize} bits is too weak today. Use one of at least {MinimumRsaBits} bits, or make a key here."),
            > MaximumRsaBits => new(CertificateCodes.AlgorithmUnsupported, $"An RSA key of {certificate.KeySize} bits is too large to be used. Use one of {MinimumRsaBits} to {MaximumRsaBits} bits."),
            _ => null,
        };
    }

    private static IEnumerable<CertificateFinding> Warnings(MailCertificate certificate, CertificateCheckContext context)
    {
        if (!certificate.Emails.Any(address => context.VaultboxAddresses.Contains(address, StringComparer.OrdinalIgnoreCase)))
        {
            var names = certificate.Emails.Count == 0 ? "no address" : string.Join(", ", certificate.Emails.Take(3));
            yield return new(CertificateCodes.AddressMismatch, $"The certificate names {names}, not this vaultbox. Mail is sealed all the same; some mail programs warn when they open it.");
        }

        var traits = certificate.Traits;
        if (traits.IsSelfSigned)
        {
            yield return new(CertificateCodes.SelfSigned, "The certificate is signed by its own key. That is fine for sealing; nobody else vouches for it.");
        }

        if (traits.IsCa)
        {
            yield return new(CertificateCodes.CaCertificate, "This is the certificate of a certification authority, not a personal one. Check that you hold its private key, or nobody can open the mail.");
        }

        if (!traits.AllowsEmail)
        {
            yield return new(CertificateCodes.NoEmailUsage, "The certificate is not meant for e-mail. Some mail programs will not open mail with it; an S/MIME certificate avoids that.");
        }

        if (traits.HasWeakSignature)
        {
            yield return new(CertificateCodes.Sha1Signature, "The certificate is signed with SHA-1 or older, which mail programs have begun to refuse. Replace it when you can.");
        }

        if (certificate.NotAfter.AddDays(-ExpiresSoonDays) < context.Now)
        {
            yield return certificate.NotAfter < context.Now
                ? new(CertificateCodes.ExpiresSoon, $"The certificate expired on {Day(certificate.NotAfter)}. Mail is still sealed for it until {Day(certificate.NotAfter.AddDays(context.GraceDays))}, then mail is put off. Add its successor before that.")
                : new(CertificateCodes.ExpiresSoon, $"The certificate expires on {Day(certificate.NotAfter)}. Add its successor before that; old mail stays readable with the old key.");
        }
    }

    private static string Name(KeyFamily family) => family == KeyFamily.Rsa ? "RSA" : "EC";

    private static string Day(DateTimeOffset time) => time.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
