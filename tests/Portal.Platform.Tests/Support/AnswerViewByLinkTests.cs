using System.Text.RegularExpressions;
using Portal.Platform.Support;
using Portal.Testing;

namespace Portal.Platform.Tests.Support;

public sealed class AnswerViewByLinkTests(PostgresCluster cluster) : SupportTest(cluster)
{
    [Fact]
    public async Task Find_ByTheMailedLink_ShowsItAndAnswersNothing()
    {
        await AskAsync();
        var token = await TokenAsync();

        var (first, second) = (await FindAsync(token), await FindAsync(token));

        Assert.Equal((Supporter, "Mail from the school did not arrive", "4127", 30), (first.Value!.SupporterEmail, first.Value.Reason, first.Value.Ticket, first.Value.Minutes));
        Assert.True(second.Succeeded);
        Assert.Equal(SupportState.Asked, (await RecordAsync()).State);
    }

    [Fact]
    public async Task Answer_ByTheLink_WorksOnce()
    {
        await AskAsync();
        var token = await TokenAsync();

        var answered = await AnswerAsync(token, agrees: true);

        Assert.True(answered.Value!.Agreed);
        Assert.Equal(SupportState.Agreed, (await RecordAsync()).State);
        Assert.Equal(SupportActs.ViewEnded, (await AnswerAsync(token, agrees: false)).Failure);
        Assert.Equal(SupportActs.ViewEnded, (await FindAsync(token)).Failure);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Answer_ByAnotherToken_IsTheSameAsEnded(string? token)
    {
        await AskAsync();

        Assert.Equal(SupportActs.ViewEnded, (await AnswerAsync(token, agrees: true)).Failure);
    }

    [Fact]
    public async Task Answer_OfARequestTakenBack_IsTooLate()
    {
        var asked = await AskAsync();
        var token = await TokenAsync();
        await Get<EndView>().HandleAsync(Sam.Actor, asked.Value!.GrantId, Cancel);

        Assert.Equal(SupportActs.ViewEnded, (await AnswerAsync(token, agrees: true)).Failure);
    }

    private Task<Outcome<ViewToAnswer>> FindAsync(string? token) => Get<AnswerViewByLink>().FindAsync(token, Ip, Cancel);

    private Task<Outcome<AnsweredView>> AnswerAsync(string? token, bool agrees) =>
        Get<AnswerViewByLink>().HandleAsync(new AnswerViewByLinkRequest(token, agrees, null, Ip), Cancel);

    private async Task<string> TokenAsync() =>
        Regex.Match(await LastMailAsync("view-asked", Owner), "/support/consent/([A-Za-z0-9_-]{43})").Groups[1].Value;
}
