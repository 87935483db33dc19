using System.Security.Cryptography;
using Portal.Smime;

namespace Portal.Vault.Certificates;

/// <summary>DER inside PEM (RFC 7468): certificates, and SubjectPublicKeyInfo of portal and owner keys.</summary>
internal static class PublicKeyPem
{
    /// <summary>The DER of a public row that we stored ourselves.</summary>
    public static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);

    /// <summary>The DER of a public row, whoever stored it; null when it is no PEM.</summary>
    public static byte[]? TryDer(string pem) => PemEncoding.TryFind(pem, out var fields) ? Convert.FromBase64String(pem[fields.Base64Data]) : null;

    /// <summary>The DER of exactly one P-256 public key, or false for anything else.</summary>
    public static bool TryReadP256(string? pem, out byte[] spki)
    {
        spki = [];
        if (pem is null || !PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].Equals("PUBLIC KEY", StringComparison.Ordinal))
            return false;
        if (!string.IsNullOrWhiteSpace(pem[..fields.Location.Start.Value]) || !string.IsNullOrWhiteSpace(pem[fields.Location.End.Value..]))
            return false;
        spki = Convert.FromBase64String(pem[fields.Base64Data]);
        return P256PublicKey.IsValid(spki);
    }
}
