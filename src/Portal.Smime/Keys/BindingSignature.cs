using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>
/// Binds a public key or certificate to a vaultbox: ECDSA P-256 with SHA-256, 64 bytes r‖s, over
/// <c>vaultbox-binding:v1</c>, vaultbox, purpose and fingerprint, one a line. A row swapped in the database does not verify.
/// </summary>
public static class BindingSignature
{
    /// <summary>Length of a signature in bytes.</summary>
    public const int Length = 64;

    /// <summary>Signs with the installation's binding key.</summary>
    public static byte[] Sign(ECDsa key, Guid vaultboxId, string purpose, string fingerprintSha256) =>
        key.SignData(Statement(vaultboxId, purpose, fingerprintSha256), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>True when the key of <paramref name="ownerSpkiDer"/> (SubjectPublicKeyInfo, P-256) signed exactly this; false for anything else.</summary>
    public static bool Verify(ReadOnlySpan<byte> ownerSpkiDer, Guid vaultboxId, string purpose, string fingerprintSha256, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Length)
        {
            return false;
        }

        using var key = P256PublicKey.TryImportEcdsa(ownerSpkiDer);
        return key is not null && key.VerifyData(
            Statement(vaultboxId, purpose, fingerprintSha256), signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Statement(Guid vaultboxId, string purpose, string fingerprintSha256) =>
        Encoding.ASCII.GetBytes($"vaultbox-binding:v1\n{vaultboxId:D}\n{purpose}\n{fingerprintSha256}");
}
