using System.Security.Claims;
using System.Text;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.ProcessingLog;

/// <summary>
/// All events that the filters of the log's page find, as CSV or as JSON, one a line: written as they are read, so that a million rows take
/// no more memory than one page of them. Filters are named as in the page's address.
/// </summary>
internal static class LogExport
{
    /// <summary>Written to the network at a time, in UTF-16 code units.</summary>
    private const int Chunk = 64 * 1024;

    public static void MapLogExport(this RouteGroupBuilder api)
    {
        api.MapGet("/processing-logs/export.csv", (ExportFilter filter, ClaimsPrincipal user, ExportProcessingLog export, TimeProvider time, HttpResponse response, CancellationToken cancellationToken) =>
            SendAsync(filter, user, export, time, response, "text/csv; charset=utf-8", "processing-log.csv", LogCsv.Head, LogCsv.Line, cancellationToken));
        api.MapGet("/processing-logs/export.ndjson", (ExportFilter filter, ClaimsPrincipal user, ExportProcessingLog export, TimeProvider time, HttpResponse response, CancellationToken cancellationToken) =>
            SendAsync(filter, user, export, time, response, "application/x-ndjson", "processing-log.ndjson", "", row => LogJson.Line(row) + "\n", cancellationToken));
    }

    private static async Task<IResult> SendAsync(
        ExportFilter filter,
        ClaimsPrincipal user,
        ExportProcessingLog export,
        TimeProvider time,
        HttpResponse response,
        string contentType,
        string fileName,
        string head,
        Func<LogEntryView, string> line,
        CancellationToken cancellationToken)
    {
        var rows = await export.HandleAsync(new ExportProcessingLogRequest(filter.Query.ToRequest(user.InVault(), time.GetUtcNow())), cancellationToken);
        if (!rows.Succeeded)
            return Problems.Of(rows.Problem);
        response.ContentType = contentType;
        response.Headers.ContentDisposition = $"attachment; filename={fileName}";
        var text = new StringBuilder(head);
        await foreach (var row in rows.Value.WithCancellation(cancellationToken))
        {
            text.Append(line(row));
            if (text.Length < Chunk)
                continue;
            await response.WriteAsync(text.ToString(), cancellationToken);
            text.Clear();
        }

        await response.WriteAsync(text.ToString(), cancellationToken);
        return TypedResults.Empty;
    }
}

/// <summary>The filters as the page's address has them.</summary>
internal sealed record ExportFilter(LogQuery Query)
{
    public static ValueTask<ExportFilter> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return ValueTask.FromResult(new ExportFilter(LogQuery.Parse(query["range"], query["stage"], query["outcome"], query["q"], after: null).WithFields(new LogFields
        {
            From = query["from"], To = query["to"], Code = query["code"], Domain = query["domain"], Address = query["address"],
            PeerIp = query["ip"], VaultboxId = query["vaultbox"], Message = query["message"],
        }, now)));
    }
}
