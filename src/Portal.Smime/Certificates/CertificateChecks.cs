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

/// <summary>The checks made when a mail certificate is added.</summary>
public static class CertificateChecks
{
    /// <summary>Smallest RSA modulus, in bits (RFC 8551 section 4.2).</summary>
    public const int MinimumRsaBits = 2048;

    /// <summary>Largest RSA modulus, in bits: OpenSSL's own limit.</summary>
    public const int MaximumRsaBits = 16384;

    /// <summary>Largest certificate, in bytes of DER: it is kept in memory while mail is sealed to it, and its names are in every message.</summary>
    public const int MaximumBytes = 16 * 1024;

    /// <summary>Days before its end from which a certificate is said to expire soon.</summary>
    public const int ExpiresSoonDays = 30;

    /// <summary>Every check, whatever the others found, so that a user learns everything at once.</summary>
    public static CertificateCheckResult Check(MailCertificate certificate, CertificateCheckContext context) => new(
    [
        new(CertificateCodes.PrivateKeyInClear, CheckOutcome.Passed, "No private key in it", null),
        new(CertificateCodes.Unparsable, CheckOutcome.Passed, "Reads as a certificate", null),
        .. Size(certificate),
        .. Key(certificate, context.ExistingKeyFamily),
        Start(certificate, context),
        End(certificate, context),
        Usage(certificate),
        Duplicate(certificate, context),
        Address(certificate, context),
        .. Origin(certificate),
    ]);

    private static IEnumerable<CertificateCheckStep> Size(MailCertificate certificate)
    {
        if (certificate.Der.Length > MaximumBytes)
        {
            yield return Refused(CertificateCodes.TooLarge, "The certificate is too large", $"This certificate has {certificate.Der.Length / 1024:N0} KB; a mail certificate has 1 to 4, and {MaximumBytes / 1024} are the most. Ask your issuer for one without pictures and long lists of names in it, or make a key here.");
        }
    }

    private static IEnumerable<CertificateCheckStep> Key(MailCertificate certificate, KeyFamily? existing)
    {
        if (existing is { } other && other != certificate.Family && certificate.Family != KeyFamily.Other)
        {
            yield return Refused(CertificateCodes.SecondKeyFamily, "Another kind of key than your others", $"This vaultbox seals for {Name(other)} keys and this certificate has an {Name(certificate.Family)} key. Sealed to both, some mail clients would open nothing. Use an {Name(other)} certificate, or another vaultbox.");
        }
        else if (certificate is { KeyTransport: null, KeyAgreement: null })
        {
            yield return Refused(CertificateCodes.AlgorithmUnsupported, "Not a kind of key that mail is sealed to", $"The key of this certificate ({certificate.Algorithm}) cannot be used to seal mail. Use an RSA certificate of at least {MinimumRsaBits} bits or one with an EC key on P-256 or P-384, or make a key here.");
        }
        else if (certificate.Family == KeyFamily.EllipticCurve)
        {
            yield return Passed(CertificateCodes.AlgorithmUnsupported, "A kind of key that this portal and newer mail clients open");
            yield return Passed(CertificateCodes.KeyTooSmall, $"The key is long enough: {certificate.KeySize} bits");
        }
        else if (certificate.KeySize > MaximumRsaBits)
        {
            yield return Refused(CertificateCodes.AlgorithmUnsupported, "The key is too large", $"An RSA key of {certificate.KeySize} bits is too large to be used. Use one of {MinimumRsaBits} to {MaximumRsaBits} bits.");
        }
        else
        {
            yield return Passed(CertificateCodes.AlgorithmUnsupported, "A kind of key that every mail client opens");
            yield return certificate.KeySize < MinimumRsaBits
                ? Refused(CertificateCodes.KeyTooSmall, "The key is too short", $"An RSA key of {certificate.KeySize} bits is too weak today. Use one of at least {MinimumRsaBits} bits, or make a key here.")
                : Passed(CertificateCodes.KeyTooSmall, $"The key is long enough: {certificate.KeySize} bits");
        }
    }

    private static CertificateCheckStep Start(MailCertificate certificate, CertificateCheckContext context) => certificate.NotBefore > context.Now
        ? Refused(CertificateCodes.NotYetValid, "Not valid yet", $"This certificate is valid only from {Day(certificate.NotBefore)}. Upload it then, or use another one until that day.")
        : Passed(CertificateCodes.NotYetValid, $"Valid since {Day(certificate.NotBefore)}");

    private static CertificateCheckStep End(MailCertificate certificate, CertificateCheckContext context)
    {
        var end = certificate.NotAfter;
        if (end.AddDays(context.GraceDays) < context.Now)
        {
            return Refused(CertificateCodes.Expired, "It has expired", $"This certificate expired on {Day(end)}, so mail can no longer be sealed for it. Upload the one that replaces it, or make a new key here.");
        }

        if (end < context.Now)
        {
            return Warned(CertificateCodes.ExpiresSoon, "It has just expired", $"The certificate expired on {Day(end)}. Mail is still sealed for it until {Day(end.AddDays(context.GraceDays))}, then mail is put off. Add its successor before that.");
        }

        return end.AddDays(-ExpiresSoonDays) < context.Now
            ? Warned(CertificateCodes.ExpiresSoon, "It expires soon", $"The certificate expires on {Day(end)}. Add its successor before that; old mail stays readable with the old key.")
            : Passed(CertificateCodes.Expired, $"Valid until {Day(end)}");
    }

    private static CertificateCheckStep Usage(MailCertificate certificate) => certificate.Traits.AllowsEncryption
        ? Passed(CertificateCodes.UsageForbidsEncryption, "Meant for encryption")
        : Refused(CertificateCodes.UsageForbidsEncryption, "Not meant for encryption", $"This certificate may be used for signing only: its key usage lacks key {(certificate.Family == KeyFamily.EllipticCurve ? "agreement" : "encipherment")}. Ask your issuer for one that allows encryption, or make a key here.");

    private static CertificateCheckStep Duplicate(MailCertificate certificate, CertificateCheckContext context) =>
        context.ExistingFingerprints.Contains(certificate.FingerprintSha256, StringComparer.OrdinalIgnoreCase)
            ? Refused(CertificateCodes.Duplicate, "Already in this vaultbox", "This vaultbox already has this certificate. Nothing needs to be done.")
            : Passed(CertificateCodes.Duplicate, "Not in this vaultbox yet");

    private static CertificateCheckStep Address(MailCertificate certificate, CertificateCheckContext context)
    {
        if (certificate.Emails.FirstOrDefault(address => context.VaultboxAddresses.Contains(address, StringComparer.OrdinalIgnoreCase)) is { } own)
        {
            return Passed(CertificateCodes.AddressMismatch, $"Names {own}");
        }

        var names = certificate.Emails.Count == 0 ? "no address" : string.Join(", ", certificate.Emails.Take(3));
        return Warned(CertificateCodes.AddressMismatch, certificate.Emails.Count == 0 ? "Names no address" : "Names another address", $"The certificate names {names}, not this vaultbox. Mail is sealed all the same; some mail programs warn when they open it.");
    }

    private static IEnumerable<CertificateCheckStep> Origin(MailCertificate certificate)
    {
        var traits = certificate.Traits;
        yield return traits.IsSelfSigned
            ? Warned(CertificateCodes.SelfSigned, "Signed by its own key", "The certificate is signed by its own key. That is fine for sealing; nobody else vouches for it.")
            : Passed(CertificateCodes.SelfSigned, "Signed by an issuer");
        yield return traits.IsCa
            ? Warned(CertificateCodes.CaCertificate, "The certificate of an authority", "This is the certificate of a certification authority, not a personal one. Check that you hold its private key, or nobody can open the mail.")
            : Passed(CertificateCodes.CaCertificate, "A personal certificate");
        yield return traits.AllowsEmail
            ? Passed(CertificateCodes.NoEmailUsage, "Meant for e-mail")
            : Warned(CertificateCodes.NoEmailUsage, "Not meant for e-mail", "The certificate is not meant for e-mail. Some mail programs will not open mail with it; an S/MIME certificate avoids that.");
        yield return traits.HasWeakSignature
            ? Warned(CertificateCodes.Sha1Signature, "Signed in an outdated way", "The certificate is signed with SHA-1 or older, which mail programs have begun to refuse. Replace it when you can.")
            : Passed(CertificateCodes.Sha1Signature, "Signed in a way that is sound today");
    }

    private static CertificateCheckStep Passed(string code, string title) => new(code, CheckOutcome.Passed, title, null);

    private static CertificateCheckStep Warned(string code, string title, string reason) => new(code, CheckOutcome.Warned, title, reason);

    private static CertificateCheckStep Refused(string code, string title, string reason) => new(code, CheckOutcome.Refused, title, reason);

    private static string Name(KeyFamily family) => family == KeyFamily.Rsa ? "RSA" : "EC";

    private static string Day(DateTimeOffset time) => time.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
