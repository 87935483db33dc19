using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Mail.Smtp.Commands;

/// <summary>Domain / address-literal (RFC 5321 sections 4.1.2 and 4.1.3), brought to one spelling.</summary>
internal static class DomainGrammar
{
    private static readonly IdnMapping Idn = new();

    /// <summary>Reads the whole text as one domain or literal.</summary>
    /// <param name="text">Without the "@".</param>
    /// <param name="canonical">Lower case; U-labels as A-labels (RFC 5890); literals as <c>[192.0.2.1]</c> or <c>[ipv6:2001:db8::1]</c>.</param>
    public static bool TryRead(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        if (text is ['[', .. var literal, ']'])
            return TryReadLiteral(literal, out canonical);
        if (text.IsEmpty || !TryToAscii(text, out var ascii) || ascii.Length > 255)
            return false;

        foreach (var label in ascii.AsSpan().Split('.'))
        {
            if (!IsLabel(ascii.AsSpan(label)))
                return false;
        }

        canonical = ascii;
        return true;
    }

    /// <summary>sub-domain = Let-dig [Ldh-str], of at most 63 octets; the underscore is tolerated because real host names carry it.</summary>
    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }

    private static bool TryToAscii(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? ascii)
    {
        ascii = text.ToString().ToLowerInvariant();
        if (Ascii.IsValid(ascii))
            return true;
        try
        {
            ascii = Idn.GetAscii(ascii).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // The framework has no Try form: not a name that IDNA can write.
            ascii = null;
            return false;
        }
    }

    /// <summary>"[" ( IPv4-address-literal / IPv6-address-literal ) "]"; General-address-literal has no registered tag and is refused.</summary>
    private static bool TryReadLiteral(ReadOnlySpan<char> literal, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        const string tag = "IPv6:";
        if (literal.StartsWith(tag, StringComparison.OrdinalIgnoreCase))
        {
            var rest = literal[tag.Length..];
            if (rest.ContainsAnyExcept("0123456789abcdefABCDEF:.")
                || !IPAddress.TryParse(rest, out var v6)
                || v6.AddressFamily != AddressFamily.InterNetworkV6)
                return false;
            canonical = $"[ipv6:{v6}]";
            return true;
        }

        // Snum = 1*3DIGIT, four of them: shorter forms that the framework reads are no literal.
        if (literal.ContainsAnyExcept("0123456789.")
            || literal.Count('.') != 3
            || HasLeadingZero(literal)
            || !IPAddress.TryParse(literal, out var v4))
            return false;
        canonical = $"[{v4}]";
        return true;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> literal)
    {
        foreach (var part in literal.Split('.'))
        {
            if (literal[part] is ['0', _, ..])
                return true;
        }

        return false;
    }
}
