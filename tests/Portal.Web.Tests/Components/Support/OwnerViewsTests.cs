using Bunit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Support;
using Portal.Testing;
using Portal.Web.Components.Support;

namespace Portal.Web.Tests.Components.Support;

public sealed class OwnerViewsTests(PostgresCluster cluster) : SupportComponentTest(cluster)
{
    [Fact]
    public async Task Cards_FollowTheViewWithoutALoad()
    {
        await Get<AccountWatch>().StartAsync(Cancel);
        await Get<AccountWatch>().Listening.WaitAsync(Cancel);
        var cards = Render<OwnerViews>(p => p.Add(x => x.Path, "/vaultboxes"));
        Assert.Empty(cards.FindAll("section"));

        var grant = await BeAskedAsync();
        cards.WaitForAssertion(() => Assert.Contains($"{Theirs} of support asks to see your account.", cards.Find("section").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Let them look", "Say no"], cards.FindAll("button").Select(button => button.TextContent));

        await AnswerAsync(UserId, grant);
        cards.WaitForAssertion(() => Assert.Contains("may look at your account", cards.Find("section").TextContent, StringComparison.Ordinal));

        await Get<NoteLook>().HandleAsync(Actor.Viewing(UserId, SessionId, View(grant)), new NoteLookRequest("Vaultboxes", "/vaultboxes"), Cancel);
        SignInAs("user");
        await Get<EndView>().HandleAsync(Actor.Person(UserId, Role.User, SessionId, DateTimeOffset.MaxValue), grant, Cancel);
        cards.WaitForAssertion(() => Assert.Empty(cards.FindAll("section")));
        await Get<AccountWatch>().StopAsync(Cancel);
    }

    [Fact]
    public async Task Running_SaysWhereTheyAreAndCanBeEnded()
    {
        var grant = await BeAskedAsync();
        await AnswerAsync(UserId, grant);
        await Platform.ExecuteAsync($"UPDATE support_grants SET starts_at = '{Time.GetUtcNow():O}'");
        await Get<NoteLook>().HandleAsync(Actor.Viewing(UserId, SessionId, View(grant)), new NoteLookRequest("Vaultboxes", "/vaultboxes"), Cancel);
        SignInAs("user");

        var cards = Render<OwnerViews>(p => p.Add(x => x.Path, "/vaultboxes"));

        cards.WaitForAssertion(() => Assert.Contains("of support is looking at Vaultboxes", cards.Find("section").TextContent, StringComparison.Ordinal));
        Assert.Equal("End now", cards.Find("button").TextContent);
        Assert.Equal("/support/stop-view", cards.Find("form").GetAttribute("action"));
    }
}
