using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class AccountWatchTests(PostgresCluster cluster) : SessionTest(cluster)
{
    /// <summary>A notice takes milliseconds; this is for a machine that is busy.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Watch_SessionEndedOnAnotherInstance_IsToldAndBelievesNothing()
    {
        var (here, there) = (await OpenAsync(Me), await OpenAsync(Me));
        await using var other = Build(Configure);
        var watch = await StartAsync(other);
        await other.GetRequiredService<ValidateSession>().HandleAsync(there.SessionId, Cancel);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = watch.Watch(there.SessionId, there.UserId, told.SetResult);

        await Get<EndSession>().HandleAsync(here.Actor, there.SessionId, Cancel);

        await told.Task.WaitAsync(Soon, Cancel);
        Assert.Null(await other.GetRequiredService<ValidateSession>().HandleAsync(there.SessionId, Cancel));
        await watch.StopAsync(Cancel);
    }

    [Fact]
    public async Task Watch_TokenBearerOfAChangedAccount_IsToldAndOthersAreNot()
    {
        var (mine, theirs) = (await OpenAsync(Me), await OpenAsync(Other));
        var watch = await StartAsync(Services);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var othersTold = false;
        using var watching = watch.Watch(null, mine.UserId, told.SetResult);
        using var others = watch.Watch(theirs.SessionId, theirs.UserId, () => othersTold = true);

        await Get<EndOtherSessions>().HandleAsync(mine.Actor, Cancel);

        await told.Task.WaitAsync(Soon, Cancel);
        Assert.False(othersTold);
        await watch.StopAsync(Cancel);
    }

    [Fact]
    public async Task Watch_ConnectionLost_TellsEverybodyOnceItIsBack()
    {
        var mine = await OpenAsync(Me);
        var watch = await StartAsync(Services);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = watch.Watch(mine.SessionId, mine.UserId, () => told.TrySetResult());

        await Database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
        var back = told.Task.WaitAsync(Soon, Cancel);
        while (!back.IsCompleted)
        {
            // The wait before the next try runs on the test's clock.
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await back;
        await watch.StopAsync(Cancel);
    }

    private static async Task<AccountWatch> StartAsync(IServiceProvider services)
    {
        var watch = services.GetRequiredService<AccountWatch>();
        await watch.StartAsync(Cancel);
        await watch.Listening.WaitAsync(Soon, Cancel);
        return watch;
    }
}
