using Portal.Platform.Accounts.Administration;
using Portal.Platform.Domains;
using Portal.Platform.Settings;
using Portal.Vault.Administration;
using Portal.Web.Provisioning.Databases;
using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

/// <summary>The admins' desk.</summary>
internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> DeskUseCases() =>
    [
        Of(Admin, (FindDomains u, Asker a) => u.HandleAsync(a.Actor, new FindDomainsRequest(), a.Cancel)),
        Of(Admin.WithStepUp(), (VerifyDomain u, Asker a, Guid id) => u.HandleAsync(a.Actor, new VerifyDomainRequest(id, "why"), a.Cancel), OfUnprovedDomain),
        Of(Admin.WithStepUp(), (ShareDomain u, Asker a, Guid id) => u.HandleAsync(a.Actor, new ShareDomainRequest(id, true), a.Cancel), OfProvedDomain),
        Of(Admin, (NameUsers u, Asker a) => u.HandleAsync(a.Actor, [a.OwnerId], a.Cancel)),
        Of(Admin, (ListSettings u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
        Of(Admin.WithStepUp(), (ChangeSetting u, Asker a) => u.HandleAsync(a.Actor, new ChangeSettingRequest(KnownSettings.InviteDays.Key, null), a.Cancel)),
        Inside<ReadSettings>("The portal reads what admins chose, to go by it; shows it to nobody."),
        Of(Admin, (FindVaultboxes u, Asker a) => u.HandleAsync(new FindVaultboxesRequest(a.Vault), a.Cancel)) with { Rule = Admin },
        Of(Admin, (GetMailFlow u, Asker a) => u.HandleAsync(new GetMailFlowRequest(a.Vault), a.Cancel)) with { Rule = Admin },
        Of(Admin, (GetDatabaseHealth u, Asker a) => u.HandleAsync(a.Actor, a.Cancel)),
    ];

    private static IEnumerable<Row> DeskPages() =>
    [
        Page("/admin", Admin),
        Page("/admin/vaultboxes", Admin),
        Page("/admin/domains", Admin),
        Page("/admin/domains/{Id:guid}", Admin, OfUnprovedDomain),
        Page("/admin/health", Admin),
        Page("/admin/settings", Admin),
    ];

    private static IEnumerable<Row> DeskForms() =>
    [
        Form("DomainsPage", "add-domain", "/admin/domains", Admin, OfOwner, a => [("Input.Domain", $"d{Guid.NewGuid():n}.test"), ("Input.Owner", a.Owner.Email)]),
        Form("DomainPage", "verify", "/admin/domains/{Id:guid}", Admin.WithStepUp(), OfUnprovedDomain, _ => [("VerifyInput.Reason", "why")]),
        Form("DomainPage", "share", "/admin/domains/{Id:guid}", Admin.WithStepUp(), OfProvedDomain, _ => [("ShareInput.Shared", "true")]),
        new("form SettingsPage setting-", Admin.WithStepUp().With(Caller.Anonymous, Verdict.SignInAsked).With(Caller.Scopeless, Verdict.SignInAsked).Walled("POST"),
            async a => await FormAsync(a, "/admin/settings", "setting-invitations", ("Value", "7"))),
    ];

    private static Task<Guid> OfUnprovedDomain(Asker asker) => DomainAsync(asker, "pending");

    private static Task<Guid> OfProvedDomain(Asker asker) => DomainAsync(asker, "verified");

    private static async Task<Guid> DomainAsync(Asker asker, string status)
    {
        var id = Guid.NewGuid();
        await asker.World.Platform.ExecuteAsync(
            $"INSERT INTO domains (id, user_id, domain, verification_status) VALUES ('{id}', '{asker.Owner.Id}', 'd{id:n}.test', '{status}')");
        return asker.Id(id);
    }
}
