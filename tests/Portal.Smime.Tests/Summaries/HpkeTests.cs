using System.Security.Cryptography;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Summaries;

public sealed class HpkeTests
{
    // RFC 9180 appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0.
    private const string EphemeralKey = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb";
    private const string EphemeralPoint = "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4";
    private const string RecipientKey = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2";
    private const string RecipientPoint = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
    private const string Info = "4f6465206f6e2061204772656369616e2055726e";
    private const string Plaintext = "4265617574792069732074727574682c20747275746820626561757479";
    private const string Aad = "436f756e742d30";
    private const string Ciphertext = "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434";

    [Fact]
    public void Seal_RfcVector_GivesItsEncapsulationAndCiphertext()
    {
        using var ephemeral = Key(EphemeralKey, EphemeralPoint);
        using var recipient = Key(RecipientKey, RecipientPoint);
        var output = new byte[65 + 29 + 16];
        Hpke.Seal(ephemeral, new PortalKey(recipient.ExportSubjectPublicKeyInfo()), Hex(Info), Hex(Aad), Hex(Plaintext), output, keyLength: 16);
        Assert.Equal(EphemeralPoint + Ciphertext, Convert.ToHexStringLower(output));
    }

    [Fact]
    public void Open_RfcVector_GivesItsPlaintext()
    {
        using var recipient = Key(RecipientKey, RecipientPoint);
        Assert.Equal(Hex(Plaintext), HpkeOpener.Open(recipient, Hex(EphemeralPoint + Ciphertext), Hex(Info), Hex(Aad), keyLength: 16));
    }

    [Fact]
    public void Seal_With256BitKey_OpensAndEveryFlippedByteIsRefused()
    {
        using var recipient = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] plaintext = [1, 2, 3];
        var output = new byte[65 + 3 + 16];
        Hpke.Seal(new PortalKey(recipient.ExportSubjectPublicKeyInfo()), "info"u8, "aad"u8, plaintext, output);
        Assert.Equal(plaintext, HpkeOpener.Open(recipient, output, "info"u8, "aad"u8, keyLength: 32));
        Assert.ThrowsAny<CryptographicException>(() => HpkeOpener.Open(recipient, output, "info"u8, "aaD"u8, keyLength: 32));
        Assert.ThrowsAny<CryptographicException>(() => HpkeOpener.Open(recipient, output, "infO"u8, "aad"u8, keyLength: 32));
        for (var index = 0; index < output.Length; index++)
        {
            var altered = (byte[])output.Clone();
            altered[index] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => HpkeOpener.Open(recipient, altered, "info"u8, "aad"u8, keyLength: 32));
        }
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static ECDiffieHellman Key(string secret, string point) => ECDiffieHellman.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        D = Hex(secret),
        Q = new ECPoint { X = Hex(point)[1..33], Y = Hex(point)[33..] },
    });
}
