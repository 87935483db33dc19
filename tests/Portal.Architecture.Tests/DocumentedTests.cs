using System.Text.RegularExpressions;

namespace Portal.Architecture.Tests;

/// <summary>Documents that tie their claims to tests name tests that are there.</summary>
public sealed partial class DocumentedTests
{
    private const int MostWords = 1500;

    private static readonly string Repository = FindRepository();

    public static TheoryData<string> Named => [.. Names().Matches(Read("docs", "sealing.md")).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Named))]
    public void Sealing_TestThatItNames_IsThere(string name)
    {
        var isOfBrowser = name.Contains(".test.ts:", StringComparison.Ordinal);
        var parts = name.Split(isOfBrowser ? ':' : '.');
        var found = isOfBrowser
            ? Sources("wwwroot-assets", parts[0]).Any(text => text.Contains($"'{parts[1]}'", StringComparison.Ordinal))
            : Sources("tests", $"{parts[0]}.cs").Any(text => text.Contains($" {parts[1]}(", StringComparison.Ordinal));

        Assert.True(found, $"docs/sealing.md names {name}, which is not there.");
    }

    [Fact]
    public void Sealing_ItsLength_IsOneSitting() =>
        Assert.InRange(Read("docs", "sealing.md").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, MostWords);

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository, .. path]));

    private static IEnumerable<string> Sources(string folder, string name) =>
        Directory.EnumerateFiles(Path.Combine(Repository, folder), name, SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal)).Select(File.ReadAllText);

    private static string FindRepository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Portal.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }

    [GeneratedRegex("`(?<name>(?:[A-Z][A-Za-z]+Tests\\.|[a-z-]+\\.test\\.ts:)[A-Z][A-Za-z0-9]+_[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
