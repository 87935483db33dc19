using Portal.Vault.Home;
using Portal.Vault.Notices;
using Portal.Vault.ProcessingLog;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> HomeUseCases() =>
    [
        Of(Self.Seen(), (GetVaultOverview u, Asker a) => u.HandleAsync(new GetVaultOverviewRequest(a.Vault), a.Cancel)),
        Of(Self.Seen(), (GetVaultCounts u, Asker a) => u.HandleAsync(new GetVaultCountsRequest(a.Vault), a.Cancel)),
        Of(Self.Seen(), (ListRecentActivity u, Asker a) => u.HandleAsync(new ListRecentActivityRequest(a.Vault), a.Cancel)),
        Of(Self.Seen(), (ListNotices u, Asker a) => u.HandleAsync(new ListNoticesRequest(a.Vault), a.Cancel)),
        Of(Self.Seen(), (CountUnreadNotices u, Asker a) => u.HandleAsync(new CountUnreadNoticesRequest(a.Vault), a.Cancel)),
        Of(Self, (MarkNoticesRead u, Asker a) => u.HandleAsync(new MarkNoticesReadRequest(a.Vault), a.Cancel)),
        Of(Own.ForReader(), (ExportActivity u, Asker a) => u.HandleAsync(new ExportActivityRequest(new ListProcessingLogRequest(a.Vault, VaultboxId: a.Vaultbox)), a.Cancel)),
        Of(Own.ForReader().Seen(), (CountActivity u, Asker a) => u.HandleAsync(new CountActivityRequest(new ListProcessingLogRequest(a.Vault, VaultboxId: a.Vaultbox)), a.Cancel)),
        Inside<PurgeNotices>("The delivery service forgets what is old; tells a number alone."),
        Inside<TellOfEndingAliases>("The delivery service writes notices to their owners; tells a number alone."),
    ];

    private static IEnumerable<Row> HomeEndpoints() =>
    [
        At("GET /api/v1/notices", Self.Seen()),
        At("GET /api/v1/vaultboxes/{id:guid}/activity.csv", Own.ForReader(), OfVaultbox),
        At("POST /api/v1/notices/read", Self, body: _ => new { }),
    ];

    private static IEnumerable<Row> HomePages() => [Page("/start", Self.Seen()), Page("/notifications", Self.Seen())];

    private static IEnumerable<Row> HomeEvents() => [Event<MarkNoticesRead>("NoticeList", "onclick")];
}
