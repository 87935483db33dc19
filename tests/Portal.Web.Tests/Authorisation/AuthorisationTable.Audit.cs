using Portal.Platform.Audit;
using Portal.Web.Provisioning.Audit;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> AuditUseCases() =>
    [
        Of(Admin, (ListAudit u, Asker a) => u.HandleAsync(a.Actor, new ListAuditRequest(new AuditFilter()), a.Cancel)),
        Of(Admin, (ExportAudit u, Asker a) => u.HandleAsync(a.Actor, new ExportAuditRequest(new AuditFilter(Act: "nothing"), "csv"), a.Cancel)),
        Of(Admin, (GetAuditCheck u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Admin, (CheckAudit u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Inside<ChainEntries>("The delivery service takes what waits into the chain; it tells nothing."),
        Inside<VerifyChain>("Reached by the check alone, which refuses whoever may not administer."),
        Inside<KeepAuditCheck>("Reached by the check alone, which refuses whoever may not administer."),
    ];

    private static IEnumerable<Row> AuditEndpoints() =>
    [
        At("GET /api/v1/audit", Admin),
        At("GET /api/v1/audit.csv", Admin, path: "/api/v1/audit.csv?act=nothing"),
        At("GET /api/v1/audit.ndjson", Admin, path: "/api/v1/audit.ndjson?act=nothing"),
    ];

    private static IEnumerable<Row> AuditPages() => [Page("/admin/audit", Admin)];

    private static IEnumerable<Row> AuditForms() => [Form("AuditPage", "check", "/admin/audit", Admin, null, _ => [])];
}
