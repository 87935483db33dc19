using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class NewVaultboxPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Theory]
    [InlineData("user", "Ask whoever runs this server")]
    [InlineData("admin", "Add one first")]
    public void Open_NoVerifiedDomain_SaysWhatIsNeeded(string role, string advice)
    {
        SignInAs(role);

        var page = Render<NewVaultboxPage>();

        var empty = page.WaitForElement(".vb-empty");
        Assert.Contains("An address needs a verified domain.", empty.TextContent, StringComparison.Ordinal);
        Assert.Contains(advice, empty.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taken", "taken@vault.test is taken")]
    [InlineData("postmaster", "is reserved")]
    [InlineData("two words", "cannot stand in an address")]
    [InlineData("a+b", "starts a tag")]
    public async Task Type_AddressThatCannotBeHad_SaysWhyAtOnce(string alias, string reason)
    {
        await AddDomainAsync();
        await MakeVaultboxAsync("taken", owner: Guid.NewGuid());
        var page = Render<NewVaultboxPage>();

        await TypeAsync(page, alias);

        page.WaitForAssertion(() => Assert.Contains(reason, page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find("#alias").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Type_FreeAddress_SaysSo()
    {
        await AddDomainAsync();
        var page = Render<NewVaultboxPage>();

        await TypeAsync(page, "Mara");

        page.WaitForAssertion(() => Assert.Contains("mara@vault.test is free.", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Type_TakenAddress_OffersFreeOnesNearIt()
    {
        await AddDomainAsync();
        await MakeVaultboxAsync("mara", owner: Guid.NewGuid());
        await MakeVaultboxAsync("mara.mail", owner: Guid.NewGuid());
        var page = Render<NewVaultboxPage>();
        await TypeAsync(page, "Mara");

        var near = page.WaitForElements(".near button");

        Assert.Equal(["hello.mara", "mara.2026", "mara2"], near.Select(button => button.TextContent));
        await near[0].ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("hello.mara@vault.test is free.", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        Assert.Equal("hello.mara", page.Find("#alias").GetAttribute("value"));
    }

    [Fact]
    public async Task Type_ReservedAddress_OffersNoOther()
    {
        await AddDomainAsync();
        var page = Render<NewVaultboxPage>();

        await TypeAsync(page, "postmaster");

        page.WaitForAssertion(() => Assert.Contains("is reserved", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".near"));
    }

    [Fact]
    public async Task Continue_FreeAddress_MakesTheVaultboxAndGoesOnToKeys()
    {
        await AddDomainAsync();
        var page = Render<NewVaultboxPage>();
        await TypeAsync(page, "mara");

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Matches("/vaultboxes/[0-9a-f-]{36}/keys-setup$", Navigation.Uri));
        Assert.True(Navigation.History.First().Options.ForceLoad);
    }

    [Fact]
    public async Task Continue_TakenMeanwhile_KeepsWhatWasTyped()
    {
        await AddDomainAsync();
        var page = Render<NewVaultboxPage>();
        await TypeAsync(page, "mara");
        await page.Find("#name").ChangeAsync("Everyday mail");
        await MakeVaultboxAsync("mara", owner: Guid.NewGuid());

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("is taken", page.Find("#alias-verdict").TextContent, StringComparison.Ordinal));
        Assert.Equal("mara", page.Find("#alias").GetAttribute("value"));
        Assert.Equal("Everyday mail", page.Find("#name").GetAttribute("value"));
    }

    private Task TypeAsync(IRenderedComponent<NewVaultboxPage> page, string alias) =>
        Time.RestAfterAsync(page.WaitForElement("#alias").InputAsync(alias));

    private async Task AddDomainAsync()
    {
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, status, role) VALUES ('{UserId}', 'mara@elsewhere.test', 'active', 'user')");
        var added = await Services.GetRequiredService<AddDomain>()
            .HandleAsync(Actor.Operator, new AddDomainRequest("vault.test", "mara@elsewhere.test", Verified: true, Shared: false), Cancel);
        Assert.True(added.Succeeded, added.Failure?.Detail);
    }
}
