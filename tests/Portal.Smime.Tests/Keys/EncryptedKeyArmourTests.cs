using System.Security.Cryptography;
using System.Text;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Keys;

public sealed class EncryptedKeyArmourTests
{
    [Theory]
    [InlineData(67)]
    [InlineData(138)]
    [InlineData(1794)]
    public void IsWellFormed_AsTheBrowserWritesIt_IsTrue(int keyLength) => Assert.True(EncryptedKeyArmour.IsWellFormed(Armour(Payload(keyLength))));

    [Fact]
    public void IsWellFormed_SecondWriterOfTheForm_IsTrue() =>
        Assert.True(EncryptedKeyArmour.IsWellFormed(PemEncoding.WriteString("ENCRYPTED VAULTBOX KEY", Payload(138)) + "\n"));

    [Fact]
    public void IsWellFormed_AnyOtherForm_IsFalse()
    {
        var good = Armour(Payload(138));
        foreach (var bad in new[]
        {
            null, "", good.TrimEnd('\n'), good + "\n", " " + good, good.Replace("\n", "\r\n", StringComparison.Ordinal), good + good,
            good.Replace("ENCRYPTED VAULTBOX KEY", "ENCRYPTED PRIVATE KEY", StringComparison.Ordinal),
            good.Replace("ENCRYPTED VAULTBOX KEY", "PRIVATE KEY", StringComparison.Ordinal),
            EncryptedKeyArmour.Begin + "\n" + Convert.ToBase64String(Payload(138)) + "\n" + EncryptedKeyArmour.End + "\n",
            EncryptedKeyArmour.Begin + "\n" + EncryptedKeyArmour.End + "\n",
            good.Insert(good.IndexOf('\n') + 1, "Comment: x\n"),
            good.Insert(good.IndexOf('\n') + 1, "\n"),
            Armour(Payload(66)), Armour(Payload(138, "VBK2")), Armour(Payload(14_000)),
        })
        {
            Assert.False(EncryptedKeyArmour.IsWellFormed(bad), bad);
        }
    }

    [Fact]
    public void IsWellFormed_PlainKeyDressedUp_IsFalse()
    {
        var (rsa, ec) = (TestKeys.Rsa, TestKeys.Elliptic);
        foreach (var key in new[] { rsa.ExportPkcs8PrivateKey(), rsa.ExportRSAPrivateKey(), ec.ExportPkcs8PrivateKey(), ec.ExportECPrivateKey() })
        {
            Assert.False(EncryptedKeyArmour.IsWellFormed(Armour([.. "VBK1"u8, .. key])));
            Assert.False(EncryptedKeyArmour.IsWellFormed(Armour([.. "VBK1"u8, .. new byte[12], .. key, .. new byte[16]])));
        }
    }

    private static byte[] Payload(int keyLength, string magic = "VBK1") =>
        [.. Encoding.ASCII.GetBytes(magic), .. RandomNumberGenerator.GetBytes(12 + keyLength + 16)];

    private static string Armour(byte[] payload)
    {
        var lines = Convert.ToBase64String(payload).Chunk(64).Select(static line => new string(line) + "\n");
        return EncryptedKeyArmour.Begin + "\n" + string.Concat(lines) + EncryptedKeyArmour.End + "\n";
    }
}
