using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Web.Tests.Identity;

public sealed class LiveCallsTests(PostgresCluster cluster) : IdentityTest(cluster)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_SessionEndsMeanwhile_IsCutOff()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        await Host.Services.GetRequiredService<AccountWatch>().Listening;
        var call = browser.GetAsync("/api/v1/lasting");
        await Host.LastingCallBegan.WaitAsync(Soon, Cancel);

        await Host.Database.ExecuteAsync("UPDATE sessions SET revoked_at = now(); SELECT pg_notify('platform_accounts', 'session:' || id) FROM sessions");

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Soon, Cancel));
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public async Task Call_TokenRevokedMeanwhile_IsCutOff()
    {
        var userId = await Host.AddUserAsync();
        var token = await Host.IssueTokenAsync();
        using var program = Host.OpenBrowser();
        await Host.Services.GetRequiredService<AccountWatch>().Listening;
        var call = program.GetAsync("/api/v1/lasting", token);
        await Host.LastingCallBegan.WaitAsync(Soon, Cancel);

        await Host.Database.ExecuteAsync($"UPDATE api_tokens SET revoked_at = now(); SELECT pg_notify('platform_accounts', 'account:{userId}')");

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Soon, Cancel));
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public async Task Call_InAViewThatTheClockEnds_IsCutOffAtThatMoment()
    {
        await Host.AddUserAsync(Role.Support);
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        var owner = await Host.AddUserAsync(email: "owner@example.org");
        await Host.Database.ExecuteAsync(
            $"""
             INSERT INTO support_grants (owner_id, supporter_id, supporter_email, kind, reason, minutes, asked_at, answered_at, starts_at, ends_at)
             SELECT '{owner}', user_id, 'sam@example.org', 'consent', 'why', 5, now(), now(), now(), now() + interval '3 seconds' FROM sessions;
             UPDATE sessions SET viewing_grant_id = (SELECT id FROM support_grants)
             """);
        Host.Services.GetRequiredService<AccountCache>().Clear();
        var call = browser.GetAsync("/api/v1/lasting");
        await Host.LastingCallBegan.WaitAsync(Soon, Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(Soon, Cancel));
        Assert.True(call.IsCompleted);
    }

    [Fact]
    public async Task Call_EndsItsOwnSession_StillAnswers()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        await Host.Services.GetRequiredService<AccountWatch>().Listening;

        var ended = await browser.GetAsync("/api/v1/end-me");
        var after = await browser.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Call_AnotherSessionOfTheAccountEnds_GoesOn()
    {
        await Host.AddUserAsync();
        using var browser = Host.OpenBrowser();
        await browser.SignInAsync();
        var elsewhere = await Host.OpenSessionAsync();
        await Host.Services.GetRequiredService<AccountWatch>().Listening;
        var call = browser.GetAsync("/api/v1/lasting");
        await Host.LastingCallBegan.WaitAsync(Soon, Cancel);
        var session = await Host.Services.GetRequiredService<ValidateSession>().HandleAsync(elsewhere, Cancel);

        await Host.Services.GetRequiredService<EndSession>().HandleAsync(session!.Actor, elsewhere, Cancel);
        Host.EndLastingCall();

        Assert.True((await call.WaitAsync(Soon, Cancel)).IsSuccessStatusCode);
    }
}
