using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Portal.Platform.Audit;
using Portal.Web.Api.ProcessingLog;
using Portal.Web.Components.Admin;
using Portal.Web.Identity;

namespace Portal.Web.Api.Audit;

/// <summary>The audit log for programs, and as files; for admins.</summary>
internal static class AuditEndpoints
{
    private static readonly string[] Columns =
    [
        "entry", "time", "act", "actor_kind", "actor", "actor_email", "on_behalf_of", "target_kind", "target", "owner", "owner_email", "network", "agent",
        "credential", "before", "after", "hash", "previous_hash",
    ];

    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListAsync);
        api.MapGet("/audit.csv", (ClaimsPrincipal user, ExportAudit export, [AsParameters] AuditFile file, CancellationToken cancellationToken) =>
            ExportAsync(user, export, file, "csv", "text/csv; charset=utf-8", Csv, cancellationToken));
        api.MapGet("/audit.ndjson", (ClaimsPrincipal user, ExportAudit export, [AsParameters] AuditFile file, CancellationToken cancellationToken) =>
            ExportAsync(user, export, file, "ndjson", "application/x-ndjson", Ndjson, cancellationToken));
    }

    /// <param name="before">Entries before this one, as <c>next</c> of the page before.</param>
    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, ListAudit listAudit, [AsParameters] AuditFile file, int? limit, long? before, CancellationToken cancellationToken)
    {
        var page = await listAudit.HandleAsync(user.GetActor(), new ListAuditRequest(file.ToFilter(), limit ?? 50, before), cancellationToken);
        return page.Succeeded ? TypedResults.Ok(page.Value) : Problems.Of(page.Failure);
    }

    private static async Task<IResult> ExportAsync(
        ClaimsPrincipal user, ExportAudit export, AuditFile file, string format, string type, Func<IReadOnlyList<AuditView>, string> write,
        CancellationToken cancellationToken)
    {
        var rows = await export.HandleAsync(user.GetActor(), new ExportAuditRequest(file.ToFilter(), format), cancellationToken);
        if (!rows.Succeeded)
            return Problems.Of(rows.Failure);
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{rows.Value.Count}-entries.{format}");
        return TypedResults.File(Encoding.UTF8.GetBytes(write(rows.Value)), type, name);
    }

    internal static string Csv(IReadOnlyList<AuditView> rows)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', Cells(row).Select(LogCsv.Cell)).Append("\r\n");
        return text.ToString();
    }

    internal static string Ndjson(IReadOnlyList<AuditView> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(JsonSerializer.Serialize(row, JsonSerializerOptions.Web)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string?> Cells(AuditView row) =>
    [
        row.Seq.ToString(CultureInfo.InvariantCulture), AuditHash.Time(row.OccurredAt), row.Act, row.ActorKind, $"{row.Actor?.Pseudonym}", row.Actor?.Email,
        $"{row.OnBehalfOf?.Pseudonym}", row.TargetKind, row.TargetId, $"{row.Owner?.Pseudonym}", row.Owner?.Email, row.From?.Network, row.From?.Agent,
        row.From?.Credential, JsonSerializer.Serialize(row.Before), JsonSerializer.Serialize(row.After), row.Hash, row.PrevHash,
    ];
}

/// <summary>The filters, as the page's own URL has them.</summary>
internal sealed record AuditFile(string? Act, string? Person, string? Target, string? From, string? To)
{
    public AuditFilter ToFilter() => AuditUrl.Parse(Act, Person, Target, From, To).ToFilter();
}
