using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>SubjectPublicKeyInfo of P-256 with the uncompressed point: the only form our keys have (RFC 5480 section 2).</summary>
public static class P256PublicKey
{
    private const int PointLength = 65;

    /// <summary>The fixed part of every such SubjectPublicKeyInfo; the point follows.</summary>
    private static ReadOnlySpan<byte> Prefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// <summary>True when the DER is exactly that and its point lies on the curve.</summary>
    public static bool IsValid(ReadOnlySpan<byte> spki)
    {
        using var key = TryImportEcdsa(spki);
        return key is not null;
    }

    /// <summary>The uncompressed point (65 bytes) of an SPKI that has the right form; empty otherwise.</summary>
    internal static ReadOnlySpan<byte> Point(ReadOnlySpan<byte> spki) =>
        spki.Length == Prefix.Length + PointLength && spki.StartsWith(Prefix) && spki[Prefix.Length] == 4 ? spki[Prefix.Length..] : [];

    /// <summary>The key; null when the DER is anything else.</summary>
    internal static ECDsa? TryImportEcdsa(ReadOnlySpan<byte> spki)
    {
        if (Point(spki).IsEmpty)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            // OpenSSL checks that the point is on the curve.
            key.ImportSubjectPublicKeyInfo(spki, out _);
            return key;
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException)
        {
            key.Dispose();
            return null;
        }
    }
}
