using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class EndViewTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task End_ByTheOwner_IsAtOnceAndStaysInTheRecord()
    {
        var grant = await ViewAsync();

        var ended = await Get<EndView>().HandleAsync(Ines, grant, Cancel);

        Assert.True(ended.Succeeded);
        Assert.Equal(Sam.UserId, (await NowAsync()).UserId);
        var view = await RecordAsync();
        Assert.Equal((SupportState.Ended, SupportEnd.Owner), (view.State, view.EndedBy));
        Assert.Equal(Time.GetUtcNow(), view.EndedAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(SupportActs.ViewEnded, (await Get<StartView>().HandleAsync(Sam.Actor, grant, Cancel)).Failure);
    }

    [Fact]
    public async Task End_FromWithinTheView_LeadsBack()
    {
        var grant = await ViewAsync();

        var ended = await Get<EndView>().HandleAsync((await NowAsync()).Actor, grant, Cancel);

        Assert.True(ended.Succeeded);
        Assert.Null((await NowAsync()).Support);
        Assert.Equal(SupportEnd.Supporter, (await RecordAsync()).EndedBy);
    }

    [Fact]
    public async Task End_OfAnotherView_IsRefusedFromWithinAView()
    {
        await ViewAsync();
        var kim = await OpenAsync("kim@example.org", Role.Support);
        var other = await AskAsync(kim.Actor);

        var ended = await Get<EndView>().HandleAsync((await NowAsync()).Actor, other.Value!.GrantId, Cancel);

        Assert.Equal(AccountFailures.SupportView, ended.Failure);
    }

    [Fact]
    public async Task End_BySomebodyWithoutAPart_LooksAbsent()
    {
        var grant = await ViewAsync();
        var kim = await OpenAsync("kim@example.org", Role.Support);

        Assert.Equal(AccountFailures.NotFound, (await Get<EndView>().HandleAsync(kim.Actor, grant, Cancel)).Failure);
        Assert.Equal(SupportState.Running, (await RecordAsync()).State);
    }

    [Fact]
    public async Task End_ASecondTime_ChangesNothing()
    {
        var grant = await ViewAsync();
        await Get<EndView>().HandleAsync(Ines, grant, Cancel);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await Get<EndView>().HandleAsync(Sam.Actor, grant, Cancel)).Succeeded);

        Assert.Equal(SupportEnd.Owner, (await RecordAsync()).EndedBy);
    }

    /// <summary>The supporter's session hears of it on every instance, and so do both accounts.</summary>
    [Fact]
    public async Task End_TellsTheSessionThatLooks()
    {
        var grant = await ViewAsync();
        await using var other = Build(_ => { });
        var watch = other.GetRequiredService<AccountWatch>();
        await watch.StartAsync(Cancel);
        await watch.Listening.WaitAsync(Cancel);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watching = watch.Watch((await NowAsync()).Actor with { UserId = Guid.NewGuid() }, () => told.TrySetResult());

        await Get<EndView>().HandleAsync(Ines, grant, Cancel);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        await watch.StopAsync(Cancel);
    }
}
