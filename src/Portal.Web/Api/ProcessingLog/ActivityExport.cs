using System.Globalization;
using System.Security.Claims;
using System.Text;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.ProcessingLog;

/// <summary>What became of an own vaultbox's mail, as a table for other programs (RFC 4180).</summary>
internal static class ActivityExport
{
    private static readonly string[] Columns =
        ["time", "passport", "step", "outcome", "code", "reason", "sender", "recipient", "peer", "tls", "size_octets", "cipher", "fingerprints"];

    public static void MapActivityExport(this RouteGroupBuilder api) => api.MapGet("/vaultboxes/{id:guid}/activity.csv", ExportAsync);

    /// <param name="range">1h, 24h, 7d or 30d; left out: 24h.</param>
    private static async Task<IResult> ExportAsync(
        Guid id, ClaimsPrincipal user, ExportActivity export, TimeProvider time, string? range, string? stage, string? outcome, string? q, CancellationToken cancellationToken)
    {
        var filters = LogQuery.Parse(range, stage, outcome, q, after: null).ToRequest(user.InVault(), time.GetUtcNow(), id);
        var rows = await export.HandleAsync(new ExportActivityRequest(filters), cancellationToken);
        return rows.Succeeded
            ? TypedResults.File(Encoding.UTF8.GetBytes(Write(rows.Value)), "text/csv; charset=utf-8", "activity.csv")
            : Problems.Of(rows.Problem);
    }

    internal static string Write(IReadOnlyList<LogEntryView> rows)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', CellsOf(row).Select(Cell)).Append("\r\n");
        return text.ToString();
    }

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
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
