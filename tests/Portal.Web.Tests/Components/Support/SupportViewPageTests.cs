using Bunit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class SupportViewPageTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    [Fact]
    public async Task Page_OfAnothersView_IsNotThere()
    {
        var grant = await BeAskedAsync();
        SignInAs("support");

        await IsNotFoundAsync(() => Render<SupportViewPage>(p => p.Add(x => x.Id, grant)));
    }

    /// <summary>Nobody loads the page again: it hears of the answer.</summary>
    [Fact]
    public async Task Waiting_WhenTheOwnerSaysYes_OffersTheViewAtOnce()
    {
        var grant = await AskAsync();
        SignInAs("support");
        await Get<AccountWatch>().StartAsync(Cancel);
        await Get<AccountWatch>().Listening.WaitAsync(Cancel);
        var page = Render<SupportViewPage>(p => p.Add(x => x.Id, grant));
        page.WaitForAssertion(() => Assert.Contains($"Waiting for {Theirs}", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Take the request back"], page.FindAll("button").Select(button => button.TextContent.Trim()));

        await AnswerAsync(OtherId, grant);

        page.WaitForAssertion(() => Assert.Contains("Open the view", page.Markup, StringComparison.Ordinal));
        await Get<AccountWatch>().StopAsync(Cancel);
    }

    [Fact]
    public async Task Refused_SaysSoAndOffersNothing()
    {
        var grant = await AskAsync();
        await AnswerAsync(OtherId, grant, agrees: false);
        SignInAs("support");

        var page = Render<SupportViewPage>(p => p.Add(x => x.Id, grant));

        page.WaitForAssertion(() => Assert.Contains("the owner said no", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Ended_ListsWhatWasOpened()
    {
        var grant = await AskAsync();
        await AnswerAsync(OtherId, grant);
        var view = View(grant);
        await Get<NoteLook>().HandleAsync(Actor.Viewing(OtherId, SessionId, view), new NoteLookRequest("Vaultboxes", "/vaultboxes"), Cancel);
        SignInAs("support");

        var page = Render<SupportViewPage>(p => p.Add(x => x.Id, grant));

        page.WaitForAssertion(() => Assert.Contains("You opened Vaultboxes", page.Find("ol").TextContent, StringComparison.Ordinal));
    }
}
