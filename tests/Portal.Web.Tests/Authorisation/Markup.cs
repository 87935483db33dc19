using System.Text.RegularExpressions;

namespace Portal.Web.Tests.Authorisation;

/// <summary>Reads the components' sources for what a browser can send to them.</summary>
internal static partial class Markup
{
    public static IEnumerable<string> Handlers()
    {
        var files = Directory.GetFiles(Path.Combine(Repository(), "src", "Portal.Web", "Components"), "*.razor", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        return files.SelectMany(file => HandlersOf(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
    }

    internal static IEnumerable<string> HandlersOf(string component, string markup)
    {
        foreach (var form in Form().Matches(markup).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal))
            yield return $"form {component} {form}";
        foreach (var handler in Handler().Matches(markup).Select(match => match.Groups["event"].Value).Distinct(StringComparer.Ordinal))
            yield return $"event {component} {handler}";
    }

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Portal.sln")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }

    [GeneratedRegex("@formname=\"(?:@\\(\\$\")?(?<name>[^\"{]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    /// <summary>Not the submit of a named form, which is posted and no event.</summary>
    [GeneratedRegex("(?<!@formname=\\S+ )@(?:(?<event>on[a-z]+)=\"|bind:event=\"(?<event>on[a-z]+)\")", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handler();
}
