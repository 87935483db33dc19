using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class ListSessionsTests(PostgresCluster cluster) : SessionTest(cluster)
{
    [Fact]
    public async Task Handle_SeveralSessions_ThisOneFirstAndNobodyElses()
    {
        var here = await OpenAsync(Me);
        Time.Advance(TimeSpan.FromMinutes(1));
        var there = await OpenAsync(Me);
        await OpenAsync(Other);

        var listed = await Get<ListSessions>().HandleAsync(here.Actor, Cancel);

        Assert.Equal([(here.SessionId, true), (there.SessionId, false)], listed.Value!.Select(session => (session.Id, session.IsCurrent)));
        Assert.Equal(Ip, listed.Value![0].Ip);
    }

    [Fact]
    public async Task Handle_EndedOrIdleSessions_AreNotListed()
    {
        var idle = await OpenAsync(Me);
        Time.Advance(TimeSpan.FromDays(8));
        var (here, ended) = (await OpenAsync(Me), await OpenAsync(Me));
        await Get<EndSession>().HandleAsync(here.Actor, ended.SessionId, Cancel);

        var listed = await Get<ListSessions>().HandleAsync(here.Actor, Cancel);

        Assert.Equal([here.SessionId], listed.Value!.Select(session => session.Id));
        Assert.NotEqual(idle.SessionId, here.SessionId);
    }
}
