using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>The public part of a vaultbox's portal key, to which summaries are sealed. Worth keeping between messages: it holds its key ready for use.</summary>
/// <param name="spki">SubjectPublicKeyInfo, DER, of a P-256 key; looked at when it is first used.</param>
public sealed class PortalKey(ReadOnlyMemory<byte> spki)
{
    private readonly ReadyKey<ECDiffieHellman> ready = new(() => Import(spki.Span));

    /// <summary>The uncompressed point, 65 bytes.</summary>
    /// <exception cref="CryptographicException">The key is no P-256 key.</exception>
    internal ReadOnlySpan<byte> Point => P256PublicKey.Point(spki.Span) is { IsEmpty: false } point
        ? point
        : throw new CryptographicException("The recipient's key is no P-256 key.");

    /// <summary>The shared secret, which the caller clears.</summary>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    internal byte[] Agree(ECDiffieHellman ephemeral) => ready.Use(recipient =>
    {
        using var key = recipient.PublicKey;
        return ephemeral.DeriveRawSecretAgreement(key);
    });

    // The import refuses a point that is not on the curve (RFC 9180 section 7.1.4).
    private static ECDiffieHellman Import(ReadOnlySpan<byte> spki)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
