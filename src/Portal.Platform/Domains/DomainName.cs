using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Portal.Platform.Domains;

/// <summary>The one spelling of a domain that is stored and compared: lower-case A-labels without the final dot (RFC 5890, RFC 1035 section 2.3.1).</summary>
public static class DomainName
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <returns>False when the text is no host name of at least two labels, or an IP address.</returns>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        var trimmed = text?.Trim().TrimEnd('.').ToLowerInvariant();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Length > 253 || !trimmed.Contains('.', StringComparison.Ordinal))
            return false;
        string ascii;
        try
        {
            ascii = Idn.GetAscii(trimmed).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        var labels = ascii.Split('.');
        if (ascii.Length > 253 || !labels.All(IsLabel) || labels[^1].All(char.IsAsciiDigit))
            return false;
        domain = ascii;
        return true;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
