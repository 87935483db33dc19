using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Identity;

public sealed class SessionAuthenticationStateProviderTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    [Fact]
    public void Interval_WithTheCacheBeforeIt_IsUnderFiveSeconds() =>
        Assert.True(SessionAuthenticationStateProvider.Interval + new PlatformOptions().CredentialCacheLifetime < TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("UPDATE sessions SET revoked_at = now()")]
    [InlineData("UPDATE users SET role = 'support'")]
    public async Task Circuit_AfterARevocation_LosesItsUser(string revocation)
    {
        await Host.AddUserAsync();
        var opened = await Host.Services.GetRequiredService<SignIn>()
            .HandleAsync(new SignInRequest(IdentityHost.Email, IdentityHost.Password, null, null), Cancel);
        var session = await Host.Services.GetRequiredService<ValidateSession>().HandleAsync(opened.Value!.SessionId, Cancel);
        await using var scope = Host.Services.CreateAsyncScope();
        var provider = (ServerAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var lost = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);

        provider.SetAuthenticationState(Task.FromResult(new AuthenticationState(PortalPrincipal.ForSession(session!))));
        provider.AuthenticationStateChanged += async change => lost.TrySetResult(await change);
        await Host.Database.ExecuteAsync(revocation);

        var state = await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.False(state.User.Identity?.IsAuthenticated ?? false);
    }
}
