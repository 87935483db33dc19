using Portal.Vault.ProcessingLog;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    /// <summary>Whoever asks, the rows are their own alone; an admin's are everybody's.</summary>
    private static IEnumerable<Row> LogUseCases() =>
    [
        Of(Self.Seen(), (ListProcessingLog u, Asker a) => u.HandleAsync(new ListProcessingLogRequest(a.Vault), a.Cancel)),
        Of(Self.Seen(), (CountProcessingLog u, Asker a) => u.HandleAsync(new CountProcessingLogRequest(new ListProcessingLogRequest(a.Vault)), a.Cancel)),
        Of(Self, (ExportProcessingLog u, Asker a) => u.HandleAsync(new ExportProcessingLogRequest(new ListProcessingLogRequest(a.Vault)), a.Cancel)),
        Of(Self.Seen(), (WatchProcessingLog u, Asker a) => u.HandleAsync(new WatchProcessingLogRequest(a.Vault), a.Cancel)),
        Of(OwnOrAdmin.ForReader().Seen(), (GetPassport u, Asker a) => u.HandleAsync(new GetPassportRequest(a.Vault, a.Passport), a.Cancel)),
        Of(OwnOrAdmin.ForReader().Seen(), (GetTrace u, Asker a) => u.HandleAsync(new GetTraceRequest(a.Vault, a.Passport), a.Cancel)),
        Of(Self, (ListLogViews u, Asker a) => u.HandleAsync(new ListLogViewsRequest(a.Vault), a.Cancel)),
        Of(Self, (SaveLogView u, Asker a) => u.HandleAsync(new SaveLogViewRequest(a.Vault, "View", "outcome=refused"), a.Cancel), "too_many_views"),
        Of(Own, async (RenameLogView u, Asker a) => await u.HandleAsync(new RenameLogViewRequest(a.Vault, await OfOwnLogView(a), "View"), a.Cancel)),
        Of(Own, async (DeleteLogView u, Asker a) => await u.HandleAsync(new DeleteLogViewRequest(a.Vault, await OfOwnLogView(a)), a.Cancel)),
        Inside<RollUpProcessingLog>("The delivery service counts the log for charts; tells a number alone."),
        Inside<PurgeProcessingLog>("The delivery service drops days that were kept long enough; tells their names and a number."),
    ];

    private static IEnumerable<Row> LogEndpoints() =>
    [
        At("GET /api/v1/processing-logs", Self.Seen()),
        At("GET /api/v1/processing-logs/counts", Self.Seen()),
        At("GET /api/v1/processing-logs/export.csv", Self),
        At("GET /api/v1/processing-logs/export.ndjson", Self),
    ];

    private static IEnumerable<Row> LogEvents() =>
    [
        Event("ProcessingLogPage", "onclick", "Pauses; nothing is done by it."),
        Event("LogFilterBar", "onchange", "Goes to the log of another time."),
        Event("LogFilterBar", "onclick", "Opens a dialog."),
        Event("LogFilterDialog", "onchange", "Types; nothing is done by it."),
        Event("LogFilterDialog", "onclick", "Closes the dialog."),
        Event("LogFilterDialog", "onsubmit", "Goes to the log with other filters."),
        Event("LogTable", "onclick", "Follows again; rows come by ListProcessingLog."),
        Event("TracePanel", "onclick", "Shows what is loaded in another form."),
        Event<DeleteLogView>("SavedViews", "onclick"),
        Event("SavedViewDialog", "onclick", "Closes the dialog."),
        Event("SavedViewDialog", "onsubmit", $"Reaches data by {nameof(SaveLogView)} or {nameof(RenameLogView)} alone."),
    ];

    private static async Task<Guid> OfOwnLogView(Asker asker)
    {
        var id = Guid.CreateVersion7();
        await asker.World.Vault.ExecuteAsync(
            $"INSERT INTO processing_log_views (id, user_id, name, query, created_at) VALUES ('{id}', '{asker.Owner.Id}', 'View', '', now())");
        return asker.Id(id);
    }
}
