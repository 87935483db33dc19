using Portal.Smime;

namespace Portal.Vault.Certificates;

/// <summary>How long a certificate is sealed to, how many there may be, and when their owner hears of them.</summary>
public static class CertificatePolicy
{
    /// <summary>An expired certificate is still used for this long, with warnings, before mail is held up with 451.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>A key that has not opened anything for this long, as far as the portal has seen, is marked.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromDays(90);

    /// <summary>
    /// Mail keys of one vaultbox, retired ones included. Every message is sealed to all active ones, and the index that counts what a key
    /// opens has their fingerprints in one row, of at most 2,704 bytes.
    /// </summary>
    public const int MaxMailKeys = 20;

    /// <summary>Days before its end at which the owner of a certificate is warned; 0: when it has ended.</summary>
    public static readonly IReadOnlyList<int> WarningDays = [60, 14, 3, 0];

    /// <summary>Of a mail key.</summary>
    internal static KeyFamily FamilyOf(Certificate mailKey) =>
        mailKey.Algorithm.StartsWith("RSA", StringComparison.Ordinal) ? KeyFamily.Rsa : KeyFamily.EllipticCurve;

    /// <summary>Whether mail is sealed to it at this moment.</summary>
    internal static bool IsSealedTo(Certificate mailKey, DateTimeOffset now) =>
        mailKey.Status == CertificateStatus.Active && mailKey.NotBefore <= now && mailKey.NotAfter > now - Grace;
}
