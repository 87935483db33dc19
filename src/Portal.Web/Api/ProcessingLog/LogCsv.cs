using System.Globalization;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;

namespace Portal.Web.Api.ProcessingLog;

/// <summary>Events of the log as a table for other programs (RFC 4180).</summary>
internal static class LogCsv
{
    private static readonly string[] Columns =
        ["time", "passport", "step", "outcome", "code", "reason", "sender", "recipient", "peer", "tls", "size_octets", "cipher", "fingerprints"];

    /// <summary>The line that names the columns.</summary>
    public static string Head { get; } = string.Join(',', Columns) + "\r\n";

    public static string Line(LogEntryView row) => string.Join(',', CellsOf(row).Select(Cell)) + "\r\n";

    private static IEnumerable<string?> CellsOf(LogEntryView row) =>
    [
        row.OccurredAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        row.PassportId.ToString(),
        row.Stage,
        row.Outcome,
        LogWords.Code(row),
        row.Reason,
        row.Sender,
        row.Recipient,
        LogWords.Peer(row),
        row.Tls,
        row.SizeBytes?.ToString(CultureInfo.InvariantCulture),
        row.Cipher,
        string.Join(' ', row.CertificateFingerprints ?? []),
    ];

    /// <summary>A sender chooses what stands in some cells: one that a spreadsheet would compute is made text.</summary>
    internal static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
