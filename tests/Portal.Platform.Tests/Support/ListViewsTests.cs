using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class ListViewsTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task List_InPages_HasEachOnceNewestFirst()
    {
        for (var i = 0; i < 3; i++)
        {
            await AnswerAsync((await AskAsync()).Value!.GrantId, agrees: false);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        var first = (await Get<ListViews>().HandleAsync(Ines, new ListViewsRequest(2), Cancel)).Value!;
        var second = (await Get<ListViews>().HandleAsync(Ines, new ListViewsRequest(2, first.Next), Cancel)).Value!;

        Assert.Equal(2, first.Items.Count);
        Assert.Null(second.Next);
        Assert.Equal(3, first.Items.Concat(second.Items).Select(view => view.Id).Distinct().Count());
        Assert.Equal(first.Items.Concat(second.Items).OrderByDescending(view => view.AskedAt), first.Items.Concat(second.Items));
    }

    [Fact]
    public async Task List_BySomebodyElse_IsEmpty()
    {
        await ViewAsync();

        Assert.Empty((await Get<ListViews>().HandleAsync(Sam.Actor, new ListViewsRequest(), Cancel)).Value?.Items ?? []);
    }

    [Fact]
    public async Task Open_SaysWhatWaitsAndRuns()
    {
        Assert.Empty((await Get<ListOpenViews>().HandleAsync(Ines, Cancel)).Value!);

        await AskAsync();
        Assert.Equal(SupportState.Asked, Assert.Single((await Get<ListOpenViews>().HandleAsync(Ines, Cancel)).Value!).State);
        Time.Advance(TimeSpan.FromHours(2));

        Assert.Empty((await Get<ListOpenViews>().HandleAsync(Ines, Cancel)).Value!);
    }

    [Fact]
    public async Task Record_WhenTheSupportersAccountGoes_StaysWithTheAddress()
    {
        await ViewAsync();
        await Database.ExecuteAsync($"DELETE FROM users WHERE id = '{Sam.UserId}'");

        Assert.Equal(Supporter, (await RecordAsync()).SupporterEmail);
    }

    [Fact]
    public async Task Asked_AreTheSupportersOwn()
    {
        await AskAsync();
        var kim = await OpenAsync("kim@example.org", Role.Support);

        Assert.Equal(Owner, Assert.Single((await Get<ListAskedViews>().HandleAsync(Sam.Actor, Cancel)).Value!).OwnerEmail);
        Assert.Empty((await Get<ListAskedViews>().HandleAsync(kim.Actor, Cancel)).Value!);
    }

    [Fact]
    public async Task Get_IsForTheSupporterInAndOutOfTheView()
    {
        var grant = await ViewAsync();

        Assert.Equal(Owner, (await Get<GetView>().HandleAsync(Sam.Actor, grant, Cancel)).Value?.OwnerEmail);
        Assert.Equal(Owner, (await Get<GetView>().HandleAsync((await NowAsync()).Actor, grant, Cancel)).Value?.OwnerEmail);
        Assert.Equal(AccountFailures.NotFound, (await Get<GetView>().HandleAsync((await NowAsync()).Actor, Guid.NewGuid(), Cancel)).Failure);
    }
}
