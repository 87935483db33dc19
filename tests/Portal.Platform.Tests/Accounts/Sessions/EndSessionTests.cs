using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class EndSessionTests(PostgresCluster cluster) : SessionTest(cluster)
{
    [Fact]
    public async Task Handle_OwnSession_IsNotGoodAnyMore()
    {
        var (here, there) = (await OpenAsync(Me), await OpenAsync(Me));

        var ended = await Get<EndSession>().HandleAsync(here.Actor, there.SessionId, Cancel);

        Assert.True(ended.Succeeded);
        Assert.Null(await Get<ValidateSession>().HandleAsync(there.SessionId, Cancel));
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(here.SessionId, Cancel));
    }

    [Fact]
    public async Task Handle_AnothersSession_LooksAbsentAndStays()
    {
        var (mine, theirs) = (await OpenAsync(Me), await OpenAsync(Other));

        var refused = await Get<EndSession>().HandleAsync(mine.Actor, theirs.SessionId, Cancel);
        var absent = await Get<EndSession>().HandleAsync(mine.Actor, Guid.NewGuid(), Cancel);

        Assert.Equal(absent.Failure, refused.Failure);
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(theirs.SessionId, Cancel));
    }

    [Fact]
    public async Task Handle_TokenThatOnlyReads_IsRefused()
    {
        var mine = await OpenAsync(Me);
        var token = Actor.Token(mine.UserId, Role.User, new HashSet<string>([TokenScopes.AccountRead], StringComparer.Ordinal));

        var refused = await Get<EndSession>().HandleAsync(token, mine.SessionId, Cancel);

        Assert.Equal("scope_missing", refused.Failure?.Code);
    }
}
