using static Portal.Web.Tests.Authorisation.Row;
using static Portal.Web.Tests.Authorisation.Rule;

namespace Portal.Web.Tests.Authorisation;

internal static partial class AuthorisationTable
{
    private static IEnumerable<Row> Pages() =>
    [
        Page("/", Self.Seen()),
        Page("/mail", Self),
        Page("/mail/{VaultboxId:guid}", Own.ForReader(), OfVaultbox),
        Page("/mail/{VaultboxId:guid}/{MessageId:guid}", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes", Self.Seen()),
        Page("/vaultboxes/new", Self),
        Page("/vaultboxes/{Id:guid}", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/keys", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/keys-setup", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/device", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/ready", Own.ForReader(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/activity", Own.ForReader().Seen(), OfVaultbox),
        Page("/vaultboxes/{Id:guid}/settings", Own.ForReader().Seen(), OfVaultbox),
        Page("/admin/processing-log", Admin),
        Page("/account/sessions", Self),
        Page("/admin/users", Admin),
        Page("/admin/users/{Id:guid}", Admin, OfOwner),
        Page("/set-up/domain", Admin),
        Page("/account", Self.Seen()),
        Page("/account/confirmed", Self),
        Page("/account/sign-in", Everyone("Where one signs in.")),
        Page("/account/second-factor", Everyone("The second step of signing in; without the first it only leads back.")),
        Page("/account/confirm", Self),
        Page("/account/security", Self),
        Page("/account/set-up/{Token}", Everyone("The one-time link is the credential; a wrong one shows no form."), OfNoToken),
        .. SignUpPages(),
        Page("/error", Everyone("Says that a page failed, and a reference; nothing of the cause.")),
        Page("/not-found", Self.Seen()),
        .. DataPages(),
        .. AuditPages(),
        .. SupportPages(),
        .. CredentialPages(),
        .. KeyPages(),
        .. AliasPages(),
        .. HomePages(),
        .. DeskPages(),
    ];

    private static Task<Guid> OfOwner(Asker asker) => Task.FromResult(asker.OwnerId);

    private static Task<Guid> OfNoToken(Asker asker) => Task.FromResult(asker.Id(Guid.Empty));
}
