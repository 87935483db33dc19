using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Web.InstallationKeys;

namespace Portal.Web.Tests.InstallationKeys;

public sealed class InstallationKeySetTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("portal-keys-").FullName, "keys");

    [Fact]
    public void LoadOrCreate_EmptyDirectory_MakesFilesThatOnlyTheirOwnerReads()
    {
        using var keys = InstallationKeySet.LoadOrCreate(_directory);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory));
        var files = Directory.GetFiles(_directory);
        Assert.Equal(
            ["binding-key.pem", "data-protection.pem", "digest-key.bin", "receipt-key.pem"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(256, keys.Receipt.KeySize);
        Assert.Equal(32, keys.Digest.Length);
        Assert.Equal(3072, keys.DataProtection.GetRSAPrivateKey()!.KeySize);
        Assert.NotEqual(keys.Receipt.ExportSubjectPublicKeyInfo(), keys.Binding.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void LoadOrCreate_Again_GivesTheSameKeys()
    {
        using var first = InstallationKeySet.LoadOrCreate(_directory);
        using var second = InstallationKeySet.LoadOrCreate(_directory);

        Assert.True(second.Receipt.VerifyData("text"u8, first.Receipt.SignData("text"u8.ToArray(), HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.True(second.Binding.VerifyData("text"u8, first.Binding.SignData("text"u8.ToArray(), HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
        Assert.True(first.Digest.Span.SequenceEqual(second.Digest.Span));
        Assert.Equal(first.DataProtection.Thumbprint, second.DataProtection.Thumbprint);
    }

    [Fact]
    public async Task LoadOrCreate_ByManyAtOnce_AllGetTheSameKeys()
    {
        var fingerprints = new string[6];
        await Parallel.ForAsync(0, fingerprints.Length, TestContext.Current.CancellationToken, (number, _) =>
        {
            using var keys = InstallationKeySet.LoadOrCreate(_directory);
            fingerprints[number] = Convert.ToHexString(SHA256.HashData([.. keys.Receipt.ExportSubjectPublicKeyInfo(), .. keys.Digest.Span, .. keys.DataProtection.RawData]));
            return ValueTask.CompletedTask;
        });

        Assert.Single(fingerprints.Distinct(StringComparer.Ordinal));
        Assert.Equal(4, Directory.GetFiles(_directory).Length);
    }

    [Theory]
    [InlineData("receipt-key.pem")]
    [InlineData("digest-key.bin")]
    [InlineData("data-protection.pem")]
    public void LoadOrCreate_DamagedFile_IsNamedAndLeftAlone(string name)
    {
        InstallationKeySet.LoadOrCreate(_directory).Dispose();
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, "damaged");

        var refused = Assert.Throws<InstallationKeyException>(() => InstallationKeySet.LoadOrCreate(_directory));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Equal("damaged", File.ReadAllText(file));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);
}
