using System.Security.Cryptography;

namespace Portal.Smime.Tests.Sealing;

public sealed class KeyWrapTests
{
    /// <summary>RFC 3394 sections 4.3, 4.5 and 4.6.</summary>
    [Theory]
    [InlineData("00112233445566778899AABBCCDDEEFF", "64E8C3F9CE0F5BA263E9777905818A2A93C8191E7D6E8AE7")]
    [InlineData("00112233445566778899AABBCCDDEEFF0001020304050607", "A8F9BC1612C68B3FF6E6F4FBE30E71E4769C8B80A32CB8958CD5D17D6B254DA1")]
    [InlineData("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F", "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")]
    public void Wrap_VectorOfTheRfc_IsReproduced(string contentKey, string wrapped)
    {
        var keyEncryptionKey = Convert.FromHexString("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
        Assert.Equal(wrapped, Convert.ToHexString(KeyWrap.Wrap(keyEncryptionKey, Convert.FromHexString(contentKey))));
    }

    /// <summary>NIST CAVP, ANSI X9.63-2001 with SHA-256.</summary>
    [Fact]
    public void Derive_VectorOfNist_IsReproduced()
    {
        var derived = new byte[SHA256.HashSizeInBytes];
        KeyAgreement.Derive(Convert.FromHexString("96c05619d56c328ab95fe84b18264b08725b85e33fd34f08"), [], derived);
        Assert.Equal("443024c3dae66b95e6f5670601558f71", Convert.ToHexStringLower(derived[..16]));
    }
}
