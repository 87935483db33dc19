using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class ValidateSessionTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";

    [Fact]
    public async Task Execute_ForAnOpenSession_GivesTheAccountAsItIsNow()
    {
        var session = await OpenAsync();
        await Database.ExecuteAsync("UPDATE users SET role = 'support'");

        var valid = await ValidateAsync(session);

        Assert.Equal((Email, Role.Support), (valid?.Email, valid?.Role));
        Assert.True(valid!.Actor.Allows(TokenScopes.MessagesRead));
    }

    [Fact]
    public async Task Execute_ForAnUnknownSession_IsNull() => Assert.Null(await ValidateAsync(Guid.NewGuid()));

    [Fact]
    public async Task Execute_AfterSignOut_IsNullAtOnce()
    {
        var session = await OpenAsync();
        Assert.NotNull(await ValidateAsync(session));

        await Get<SignOut>().HandleAsync(session, Cancel);

        Assert.Null(await ValidateAsync(session));
    }

    [Fact]
    public async Task Execute_AfterSignOutOnAnotherInstance_IsNullWhenTheAnswerHasAged()
    {
        var session = await OpenAsync();
        await using var other = Build(_ => { });
        Assert.NotNull(await ValidateAsync(session));

        await other.GetRequiredService<SignOut>().HandleAsync(session, Cancel);
        Assert.NotNull(await ValidateAsync(session));
        Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Null(await ValidateAsync(session));
    }

    [Theory]
    [InlineData("UPDATE users SET status = 'suspended'")]
    [InlineData("UPDATE sessions SET revoked_at = now()")]
    [InlineData("DELETE FROM users")]
    public async Task Execute_AfterTheAccountOrSessionEnded_IsNull(string sql)
    {
        var session = await OpenAsync();
        await Database.ExecuteAsync(sql);

        Assert.Null(await ValidateAsync(session));
    }

    [Fact]
    public async Task Execute_UnusedForSevenDays_IsNull()
    {
        var session = await OpenAsync();
        Time.Advance(TimeSpan.FromDays(7));

        Assert.Null(await ValidateAsync(session));
    }

    [Fact]
    public async Task Execute_UsedEveryDay_EndsAfterThirtyDays()
    {
        var session = await OpenAsync();
        for (var day = 1; day < 30; day++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            Assert.NotNull(await ValidateAsync(session));
        }

        Time.Advance(TimeSpan.FromDays(1));

        Assert.Null(await ValidateAsync(session));
    }

    private async Task<Guid> OpenAsync()
    {
        await AddUserAsync(Email);
        return (await SignInAsync(Email)).Value!.SessionId;
    }

    private ValueTask<ValidSession?> ValidateAsync(Guid session) => Get<ValidateSession>().HandleAsync(session, Cancel);
}
