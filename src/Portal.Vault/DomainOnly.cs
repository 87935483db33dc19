using System.Text.RegularExpressions;

namespace Portal.Vault;

/// <summary>Addresses as a supporter may see them.</summary>
internal static partial class DomainOnly
{
    /// <returns>What stands behind the last @; the text itself where it has none.</returns>
    public static string? Of(string? address) => address?[(address.LastIndexOf('@') + 1)..].TrimEnd('>');

    /// <summary>The same of every address within a sentence.</summary>
    public static string? In(string? text) => text is null ? null : LocalPart().Replace(text, string.Empty);

    /// <summary>Quoted local parts too (RFC 5321 section 4.1.2).</summary>
    [GeneratedRegex("""("[^"]*"|[^\s<>",;:()]+)@""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocalPart();
}
