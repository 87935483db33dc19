using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class EndOtherSessionsTests(PostgresCluster cluster) : SessionTest(cluster)
{
    [Fact]
    public async Task Handle_SeveralSessions_KeepsThisOneAndOtherPeoples()
    {
        var (here, there, theirs) = (await OpenAsync(Me), await OpenAsync(Me), await OpenAsync(Other));

        var ended = await Get<EndOtherSessions>().HandleAsync(here.Actor, Cancel);

        Assert.Equal(new EndedSessions(1, 0), ended.Value);
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(here.SessionId, Cancel));
        Assert.Null(await Get<ValidateSession>().HandleAsync(there.SessionId, Cancel));
        Assert.NotNull(await Get<ValidateSession>().HandleAsync(theirs.SessionId, Cancel));
    }

    [Fact]
    public async Task Handle_SessionThatHadRunOut_IsNotCounted()
    {
        await OpenAsync(Me);
        Time.Advance(TimeSpan.FromDays(31));
        var here = await OpenAsync(Me);

        var ended = await Get<EndOtherSessions>().HandleAsync(here.Actor, Cancel);

        Assert.Equal(0, ended.Value?.Sessions);
    }

    [Fact]
    public async Task Handle_RememberedBrowsers_AreForgotten()
    {
        var here = await OpenAsync(Me);
        await using (var context = await ContextAsync())
        {
            context.RememberedDevices.Add(new RememberedDevice
            {
                UserId = here.UserId, TokenHash = new byte[32], LastUsedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow().AddDays(30),
            });
            await context.SaveChangesAsync(Cancel);
        }

        var ended = await Get<EndOtherSessions>().HandleAsync(here.Actor, Cancel);

        Assert.Equal(1, ended.Value?.Devices);
        await using var after = await ContextAsync();
        Assert.False(await after.RememberedDevices.AnyAsync(Cancel));
    }
}
