using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Passwords;

namespace Portal.Platform.Tests.Accounts.Passwords;

public sealed class PwnedPasswordsFileTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("portal-pwned-");

    public void Dispose() => directory.Delete(recursive: true);

    [Theory]
    [InlineData("\r\n", 1)]
    [InlineData("\n", 2)]
    [InlineData("\r\n", 3)]
    [InlineData("\r\n", 1000)]
    public void Contains_EveryListedOne_AndNoOther(string lineEnd, int count)
    {
        using var file = PwnedPasswordsFile.Open(Write([.. Enumerable.Range(0, count).Select(i => $"listed {i}")], lineEnd));

        Assert.All(Enumerable.Range(0, count), i => Assert.True(file.Contains($"listed {i}")));
        Assert.All(Enumerable.Range(0, count), i => Assert.False(file.Contains($"other {i}")));
        Assert.Null(file.FindFault());
    }

    [Fact]
    public void Contains_LastLineWithoutEnd_IsFound()
    {
        var path = Write(["one", "two", "three"], "\n");
        File.WriteAllText(path, File.ReadAllText(path).TrimEnd());
        using var file = PwnedPasswordsFile.Open(path);

        Assert.All(["one", "two", "three"], listed => Assert.True(file.Contains(listed)));
    }

    [Fact]
    public void Check_WithTheOperatorsFile_RefusesWhatIsInIt()
    {
        using var rules = new PasswordRules(Options.Create(new PlatformOptions { BreachedPasswordsFile = Write(["a walk by the quiet canal"], "\r\n") }));

        Assert.Equal("password_common", rules.Check("a walk by the quiet canal", "a@example.org", hasSecondFactor: false)?.Code);
        Assert.Null(rules.Check("a walk by the other canal", "a@example.org", hasSecondFactor: false));
    }

    [Theory]
    [InlineData("", "no line")]
    [InlineData("password\n123456\n", "no line")]
    [InlineData("zz{0}:1\n", "hexadecimal")]
    [InlineData("FF{0}:1\nAA{0}:1\n", "not ordered")]
    public void Validate_FileOfAnotherKind_NamesTheKeyAndWhy(string text, string why)
    {
        var path = Path.Combine(directory.FullName, "other.txt");
        File.WriteAllText(path, text.Replace("{0}", new string('0', 38), StringComparison.Ordinal));

        var fault = Assert.Single(Validate(path));

        Assert.Contains("Portal:Platform:BreachedPasswordsFile", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NoSuchFile_SaysSo() => Assert.Contains("cannot be read", Assert.Single(Validate("/nowhere/pwned.txt")), StringComparison.Ordinal);

    private static IEnumerable<string> Validate(string path) =>
        new PlatformOptionsValidator().Validate(null, new PlatformOptions { BreachedPasswordsFile = path }).Failures!;

    private string Write(IEnumerable<string> passwords, string lineEnd)
    {
        var path = Path.Combine(directory.FullName, $"{Guid.NewGuid():n}.txt");
#pragma warning disable CA5350
        var hashes = passwords.Select(password => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)))).Order(StringComparer.Ordinal);
#pragma warning restore CA5350
        File.WriteAllText(path, string.Concat(hashes.Select((hash, i) => $"{hash}:{(i * 7919) + 1}{lineEnd}")));
        return path;
    }
}
