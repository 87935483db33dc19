using System.Security.Claims;
using System.Text;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.ProcessingLog;

/// <summary>What became of an own vaultbox's mail, as a table for other programs (RFC 4180).</summary>
internal static class ActivityExport
{
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

    internal static string Write(IReadOnlyList<LogEntryView> rows) => string.Concat(rows.Select(LogCsv.Line).Prepend(LogCsv.Head));
}
