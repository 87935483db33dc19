using System.Globalization;
using System.Net;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// What was typed into the one search field, as the filter that it looks like. Each is found by an index: nothing is looked for in the
/// middle of a text, for that would read the whole log.
/// </summary>
public static class LogSearch
{
    /// <returns>The request with the text's filter in the text's stead.</returns>
    public static ListProcessingLogRequest Read(ListProcessingLogRequest request)
    {
        if (request.Text?.Trim() is not { Length: > 0 } text)
            return request;
        var rest = request with { Text = null };
        if (Guid.TryParse(text, out var id))
            return rest with { PassportId = id };
        if (IsIpAddress(text, out var peer))
            return rest with { PeerIp = peer };
        if (CodesOf(text) is not (null, null))
            return rest with { Code = text };
        return text.Contains('@', StringComparison.Ordinal) || !text.Contains('.', StringComparison.Ordinal)
            ? rest with { Address = text }
            : rest with { Domain = text };
    }

    /// <summary>"550", "5.1.1" or "550 5.1.1"; both null for anything else.</summary>
    public static (int? Smtp, string? Enhanced) CodesOf(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int? smtp = parts.Length > 0 && IsReplyCode(parts[0]) ? int.Parse(parts[0], CultureInfo.InvariantCulture) : null;
        var rest = smtp is null ? parts : parts[1..];
        return rest switch
        {
            [] => (smtp, null),
            [var enhanced] when IsEnhanced(enhanced) => (smtp, enhanced),
            _ => (null, null),
        };
    }

    /// <summary>A bare number is an address to the parser and to nobody else.</summary>
    public static bool IsIpAddress(string text, out IPAddress? address)
    {
        address = null;
        return (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3) && IPAddress.TryParse(text, out address);
    }

    /// <summary>RFC 5321 section 4.2.</summary>
    private static bool IsReplyCode(string text) => text is [>= '2' and <= '5', >= '0' and <= '9', >= '0' and <= '9'];

    /// <summary>RFC 3463 section 2: class, subject, detail.</summary>
    private static bool IsEnhanced(string text) =>
        text.Split('.') is ["2" or "4" or "5", var subject, var detail] && IsNumber(subject) && IsNumber(detail);

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit);
}
