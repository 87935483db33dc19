using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class AskForViewTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Ask_BySupport_WritesToTheOwnerWhoAndWhy()
    {
        var asked = await AskAsync();

        Assert.True(asked.Succeeded);
        var mail = await LastMailAsync("view-asked", Owner);
        Assert.Contains(Supporter, mail, StringComparison.Ordinal);
        Assert.Contains("“Mail from the school did not arrive”, ticket 4127", mail, StringComparison.Ordinal);
        Assert.Equal(SupportState.Asked, (await RecordAsync()).State);
        Assert.Equal(Time.GetUtcNow().AddHours(2), asked.Value.EndsAt);
    }

    [Fact]
    public async Task Ask_BeforeAnyAnswer_OpensNothing()
    {
        var asked = await AskAsync();

        Assert.Equal(SupportActs.ViewEnded, (await Get<StartView>().HandleAsync(Sam.Actor, asked.Value!.GrantId, Cancel)).Failure);
        Assert.Null((await NowAsync()).Support);
    }

    [Theory]
    [InlineData(null, 30, "reason_missing")]
    [InlineData("  ", 30, "reason_missing")]
    [InlineData("x", 4, "minutes_out_of_range")]
    [InlineData("x", 31, "minutes_out_of_range")]
    public async Task Ask_WithWordsThatDoNotDo_IsRefused(string? reason, int minutes, string code) =>
        Assert.Equal(code, (await AskAsync(minutes: minutes, reason: reason)).Failure?.Code);

    [Fact]
    public async Task Ask_OfOneself_IsRefused() =>
        Assert.Equal(
            SupportActs.OwnAccount,
            (await Get<AskForView>().HandleAsync(Sam.Actor, new AskForViewRequest(Sam.UserId, "x", null, 5), Cancel)).Failure);

    [Fact]
    public async Task Ask_WhileOneIsOpen_IsRefusedAndAfterItsEndTaken()
    {
        await AskAsync();
        Assert.Equal(SupportActs.ViewOpen, (await AskAsync()).Failure);

        Time.Advance(TimeSpan.FromHours(2));

        Assert.True((await AskAsync()).Succeeded);
        var views = (await Get<ListViews>().HandleAsync(Ines, new ListViewsRequest(), Cancel)).Value!.Items;
        Assert.Equal([SupportState.Asked, SupportState.Lapsed], views.Select(view => view.State));
    }

    [Fact]
    public async Task Ask_TwiceAtOnce_OneIsOpen()
    {
        var both = await Task.WhenAll(AskAsync(), AskAsync());

        Assert.Single(both, asked => asked.Succeeded);
        Assert.Single(both, asked => asked.Failure == SupportActs.ViewOpen);
    }

    [Fact]
    public async Task Ask_MoreThanFiveTimesAnHour_IsTooOften()
    {
        for (var i = 0; i < AskForView.MostPerHour; i++)
            Assert.True((await AnswerAsync((await AskAsync()).Value!.GrantId, agrees: false)).Succeeded);

        Assert.Equal(SupportActs.TooOften, (await AskAsync()).Failure);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.True((await AskAsync()).Succeeded);
    }

    [Fact]
    public async Task Ask_FromWithinAView_LooksAbsent()
    {
        await ViewAsync();

        Assert.Equal(AccountFailures.NotFound, (await AskAsync((await NowAsync()).Actor)).Failure);
    }
}
