using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;
using Portal.Web.Identity;

namespace Portal.Web.Tests.Identity;

public sealed class SessionAuthenticationStateProviderTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    /// <summary>The slow round comes after 30 s: what is seen before came by the push.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Circuit_SessionEndedElsewhere_LosesItsUserAtOnce()
    {
        await using var circuit = await OpenAsync();

        await Host.Services.GetRequiredService<EndSession>().HandleAsync(circuit.Session.Actor, circuit.Session.SessionId, Cancel);

        Assert.False((await circuit.Changed.WaitAsync(Soon, Cancel)).User.Identity?.IsAuthenticated ?? false);
    }

    [Fact]
    public async Task Circuit_RoleChanged_LosesItsUserAtOnce()
    {
        await using var circuit = await OpenAsync();

        await Host.Database.ExecuteAsync($"UPDATE users SET role = 'support'; SELECT pg_notify('platform_accounts', 'account:{circuit.Session.UserId}')");

        Assert.False((await circuit.Changed.WaitAsync(Soon, Cancel)).User.Identity?.IsAuthenticated ?? false);
    }

    [Fact]
    public async Task Circuit_ProvedAnewInAnotherTab_IsFresh()
    {
        await using var circuit = await OpenAsync();
        await Host.Database.ExecuteAsync(
            $"UPDATE sessions SET proved_at = proved_at + interval '1 hour'; SELECT pg_notify('platform_accounts', 'session:{circuit.Session.SessionId}')");

        var actor = (await circuit.Changed.WaitAsync(Soon, Cancel)).User.FindActor();

        Assert.Equal(circuit.Session.FreshUntil.AddHours(1), actor?.FreshUntil);
    }

    [Fact]
    public async Task Circuit_AnotherAccountChanged_KeepsItsUser()
    {
        await using var circuit = await OpenAsync();
        await using var other = await OpenAsync("other@example.org");

        await Host.Services.GetRequiredService<EndSession>().HandleAsync(other.Session.Actor, other.Session.SessionId, Cancel);

        await other.Changed.WaitAsync(Soon, Cancel);
        Assert.False(circuit.Changed.IsCompleted);
    }

    [Fact]
    public async Task Circuit_ViewEndedByTheOwner_LeadsToItsSummaryAtOnce()
    {
        var (owner, session) = await ViewAsync();
        await using var circuit = await Circuit.OpenAsync(Host.Services.CreateAsyncScope(), session);

        await Host.Services.GetRequiredService<EndView>().HandleAsync(owner, session.Support!.GrantId, Cancel);

        var user = (await circuit.Changed.WaitAsync(Soon, Cancel)).User;
        Assert.Null(user.FindActor());
        Assert.Equal($"/support/views/{session.Support.GrantId}", user.FindOnward());
    }

    [Fact]
    public async Task Circuit_ViewEndedByTheClock_IsLeftAtThatMoment()
    {
        var (_, session) = await ViewAsync();
        await using var circuit = await Circuit.OpenAsync(
            Host.Services.CreateAsyncScope(), session with { Support = session.Support! with { Until = TimeProvider.System.GetUtcNow().AddSeconds(1) } });
        await Host.Database.ExecuteAsync("UPDATE support_grants SET ends_at = now()");
        Host.Services.GetRequiredService<AccountCache>().Clear();

        Assert.Null((await circuit.Changed.WaitAsync(Soon, Cancel)).User.FindActor());
    }

    /// <summary>A supporter's session that shows another's account, and that account's owner.</summary>
    private async Task<(Actor Owner, ValidSession Session)> ViewAsync()
    {
        var (ines, sam) = (await Host.AddUserAsync(Role.User, "ines@example.org"), await Host.AddUserAsync(Role.Support, "sam@example.org"));
        var opened = await Host.OpenSessionAsync("sam@example.org");
        var owner = Actor.Person(ines, Role.User, Guid.NewGuid(), DateTimeOffset.MaxValue);
        var staff = Actor.Person(sam, Role.Support, opened, DateTimeOffset.MaxValue);
        var asked = await Host.Services.GetRequiredService<AskForView>().HandleAsync(staff, new AskForViewRequest(ines, "why", null, 30), Cancel);
        await Host.Services.GetRequiredService<AnswerView>().HandleAsync(owner, new AnswerViewRequest(asked.Value!.GrantId, Agrees: true), Cancel);
        await Host.Services.GetRequiredService<StartView>().HandleAsync(staff, asked.Value.GrantId, Cancel);
        return (owner, (await Host.Services.GetRequiredService<ValidateSession>().HandleAsync(opened, Cancel))!);
    }

    private async Task<Circuit> OpenAsync(string email = IdentityHost.Email)
    {
        await Host.AddUserAsync(Role.User, email);
        var opened = await Host.OpenSessionAsync(email);
        var session = await Host.Services.GetRequiredService<ValidateSession>().HandleAsync(opened, Cancel);
        return await Circuit.OpenAsync(Host.Services.CreateAsyncScope(), session!);
    }

    private sealed class Circuit(AsyncServiceScope scope, ValidSession session, Task<AuthenticationState> changed) : IAsyncDisposable
    {
        public ValidSession Session => session;

        public Task<AuthenticationState> Changed => changed;

        public static async Task<Circuit> OpenAsync(AsyncServiceScope scope, ValidSession session)
        {
            // Who is there when the listener begins is told once.
            await scope.ServiceProvider.GetRequiredService<AccountWatch>().Listening;
            var provider = (ServerAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
            provider.SetAuthenticationState(Task.FromResult(new AuthenticationState(PortalPrincipal.ForSession(session))));
            var changed = new TaskCompletionSource<AuthenticationState>(TaskCreationOptions.RunContinuationsAsynchronously);
            provider.AuthenticationStateChanged += async change => changed.TrySetResult(await change);
            return new Circuit(scope, session, changed.Task);
        }

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
