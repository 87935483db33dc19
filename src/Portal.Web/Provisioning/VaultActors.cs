using System.Security.Claims;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Vault;
using Portal.Web.Identity;

namespace Portal.Web.Provisioning;

/// <summary>The platform's actor as the vault knows it: the two projects do not name each other.</summary>
internal static class VaultActors
{
    public static VaultActor InVault(this Actor actor) =>
        new(actor.UserId, actor.IsAdmin, actor.Scopes, actor.FreshUntil, actor.Support is not null) { By = actor.ForAudit() };

    public static VaultActor InVault(this ClaimsPrincipal user) => user.GetActor().InVault();
}
