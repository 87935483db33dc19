using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class StartViewTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Start_OfAnAgreedView_MakesTheSessionTheOwnersWithoutAnyRightOfEither()
    {
        var grant = await ViewAsync();

        var session = await NowAsync();

        var actor = session.Actor;
        Assert.Equal((OwnerId, Owner, Role.User), (session.UserId, session.Email, session.Role));
        Assert.Equal(grant, actor.Support?.GrantId);
        Assert.Equal((Sam.SessionId, Sam.UserId), (actor.SessionId, actor.Support!.SupporterId));
        Assert.False(actor.IsFresh(Time.GetUtcNow()));
        Assert.False(actor.MayAdminister);
        Assert.Equal(
            [TokenScopes.DomainsRead, TokenScopes.LogsRead, TokenScopes.MessagesRead, TokenScopes.VaultboxesRead], actor.Scopes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_LeavesTheSupportersOtherSessionsAlone()
    {
        await using var context = await ContextAsync();
        var other = await Get<OpenSession>().HandleAsync(context, Sam.UserId, AuthMethods.Password, Ip, "test", Cancel);

        await ViewAsync();

        Assert.Equal(Sam.UserId, (await Get<ValidateSession>().HandleAsync(other!.SessionId, Cancel))!.UserId);
    }

    [Fact]
    public async Task Start_BySomebodyElse_LooksAbsent()
    {
        var asked = await AskAsync();
        await AnswerAsync(asked.Value!.GrantId);
        var other = await OpenAsync("kim@example.org", Role.Support);

        Assert.Equal(AccountFailures.NotFound, (await Get<StartView>().HandleAsync(other.Actor, asked.Value.GrantId, Cancel)).Failure);
        Assert.Equal(AccountFailures.NotFound, (await Get<StartView>().HandleAsync(Ines, asked.Value.GrantId, Cancel)).Failure);
    }

    [Fact]
    public async Task Start_ByAToken_LooksAbsent()
    {
        var asked = await AskAsync();
        await AnswerAsync(asked.Value!.GrantId);

        var started = await Get<StartView>().HandleAsync(Actor.Token(Sam.UserId, Role.Support, TokenScopes.Full), asked.Value.GrantId, Cancel);

        Assert.Equal(AccountFailures.NotFound, started.Failure);
    }

    [Fact]
    public async Task View_WhenItsTimeIsOver_IsTheSupportersOwnSessionAgain()
    {
        await ViewAsync(minutes: 5);
        Assert.NotNull((await NowAsync()).Support);

        Time.Advance(TimeSpan.FromMinutes(5));

        var now = await NowAsync();
        Assert.Equal((Sam.UserId, Role.Support, null), (now.UserId, now.Role, now.Support));
        Assert.Equal(SupportState.Ended, (await RecordAsync()).State);
    }

    [Fact]
    public async Task View_WhenTheSupporterLosesTheRole_IsOver()
    {
        await ViewAsync();

        var changed = await Get<ChangeRole>().HandleAsync(Actor.Operator, new ChangeRoleRequest(Sam.UserId, Role.User), Cancel);

        Assert.True(changed.Succeeded);
        Get<AccountCache>().Clear();
        Assert.Equal((Sam.UserId, Role.User), ((await NowAsync()).UserId, (await NowAsync()).Role));
    }
}
