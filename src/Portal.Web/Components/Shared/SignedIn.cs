using Microsoft.AspNetCore.Components.Authorization;
using Portal.Platform.Accounts;
using Portal.Vault;
using Portal.Web.Components.Shell;
using Portal.Web.Identity;
using Portal.Web.Provisioning;

namespace Portal.Web.Components.Shared;

/// <summary>Names the person behind this page to the use cases.</summary>
public sealed class SignedIn(AuthenticationStateProvider authentication)
{
    internal async Task<Actor> ActorAsync() => (await authentication.GetAuthenticationStateAsync()).User.GetActor();

    internal async Task<VaultActor> VaultActorAsync() => (await ActorAsync()).InVault();

    internal async Task<SessionUser> UserAsync() => SessionUser.From((await authentication.GetAuthenticationStateAsync()).User)
        ?? throw new InvalidOperationException("The page asks for a signed-in user and is open to strangers.");
}
