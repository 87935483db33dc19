using Bunit;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class DeviceSetupPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Open_VaultboxWithAKey_CanBeSkippedAndOffersTheKeyAsAFile()
    {
        var page = await OpenAsync();

        Assert.Equal("Continue to test mail", page.Find(".vb-button-primary").TextContent);
        Assert.EndsWith("/ready", page.Find(".vb-button-primary").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("true", page.Find(".choice").GetAttribute("aria-current"));
        Assert.NotNull(page.Find("vb-key-export").GetAttribute("vaultbox-id"));
        Assert.Empty(page.FindAll("#guide-title"));
        Assert.DoesNotContain("IMAP", page.Markup, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Open_WithAProgram_ShowsCredentialsAndTheGuideAndCanStillBeSkipped()
    {
        var page = await OpenAsync("?with=program");

        page.WaitForElement("#guide-title");
        Assert.Contains("New credential", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("Skip to test mail", page.Find(".vb-card-foot").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.FindAll(".choice")[1].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Open_SomeoneElses_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", "Secret name", owner: Guid.NewGuid());

        await IsNotFoundAsync(() => Render<DeviceSetupPage>(p => p.Add(page => page.Id, theirs.Id)));
    }

    [Fact]
    public async Task Open_VaultboxWithoutAKey_ResumesAtKeys()
    {
        var vaultbox = await MakeVaultboxAsync("mara");

        var page = Render<DeviceSetupPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        page.WaitForAssertion(() => Assert.EndsWith($"/vaultboxes/{vaultbox.Id}/keys-setup", Navigation.Uri, StringComparison.Ordinal));
    }

    private async Task<IRenderedComponent<DeviceSetupPage>> OpenAsync(string query = "")
    {
        var vaultbox = await MakeVaultboxAsync("mara");
        await GiveKeyAsync(vaultbox.Id, Time.GetUtcNow().AddYears(1));
        Navigation.NavigateTo($"/vaultboxes/{vaultbox.Id}/device{query}");
        var page = Render<DeviceSetupPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));
        page.WaitForElement("h1");
        return page;
    }
}
