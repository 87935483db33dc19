using System.Security.Cryptography;
using Portal.Smime;

namespace Portal.Vault.Certificates;

/// <summary>
/// Ties public keys to vaultboxes with signatures, so that a row written straight into the database seals nothing. Mail and portal
/// keys are bound by the owner key where there is one; the owner key, and keys that came without it, by this installation's key,
/// which PostgreSQL never holds.
/// </summary>
public sealed class InstallationBinding(ECDsa key)
{
    private readonly byte[] _publicKey = key.ExportSubjectPublicKeyInfo();
    private readonly Lock _signing = new();

    /// <returns>ECDSA P-256 with SHA-256, IEEE P1363, 64 bytes.</returns>
    internal byte[] Sign(Guid vaultboxId, string purpose, string fingerprint)
    {
        lock (_signing)
            return BindingSignature.Sign(key, vaultboxId, purpose, fingerprint);
    }

    /// <param name="row">A public row.</param>
    /// <param name="publicRows">All active public rows of the same vaultbox: the owner key is among them.</param>
    internal bool IsBound(Certificate row, IReadOnlyList<Certificate> publicRows)
    {
        if (row.BindingSignature is not { } signature || !FingerprintMatches(row))
            return false;
        if (string.Equals(row.BindingKind, BindingKinds.Installation, StringComparison.Ordinal))
            return Verify(_publicKey, row, signature);
        return !string.Equals(row.Purpose, KeyPurposes.Owner, StringComparison.Ordinal) && publicRows.Any(owner =>
            string.Equals(owner.Purpose, KeyPurposes.Owner, StringComparison.Ordinal)
            && IsBound(owner, [])
            && Verify(PublicKeyPem.Der(owner.PemContent), row, signature));
    }

    private static bool Verify(byte[] spki, Certificate row, byte[] signature) =>
        BindingSignature.Verify(spki, row.VaultboxId, row.Purpose, Convert.ToHexStringLower(row.FingerprintSha256), signature);

    /// <summary>The signature covers the fingerprint; the fingerprint must be that of what would be sealed to.</summary>
    private static bool FingerprintMatches(Certificate row) =>
        PublicKeyPem.TryDer(row.PemContent) is { } der && SHA256.HashData(der).AsSpan().SequenceEqual(row.FingerprintSha256);
}
