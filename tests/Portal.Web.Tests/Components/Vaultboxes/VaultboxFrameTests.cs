using Bunit;
using Portal.Testing;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class VaultboxFrameTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Keys_SomeoneElsesVaultbox_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", "Secret name", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<VaultboxKeysPage>(p => p.Add(v => v.Id, theirs.Id));

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.DoesNotContain("Secret name", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OwnWithoutKey_WarnsAndOffersSetUp()
    {
        var own = await MakeVaultboxAsync("mara", "Everyday mail");

        var page = Render<VaultboxKeysPage>(p => p.Add(v => v.Id, own.Id));

        page.WaitForAssertion(() => Assert.Contains("Mail waits at its senders until there is one.", page.Markup, StringComparison.Ordinal));
        Assert.Equal($"/vaultboxes/{own.Id}/keys-setup", page.Find(".vb-empty a").GetAttribute("href"));
        Assert.Equal("page", page.FindAll(".vb-tab")[0].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Activity_OwnMail_ReadsAsSentences()
    {
        var own = await MakeVaultboxAsync("mara");
        await LogAsync(LogStages.Deferred, LogOutcomes.Deferred, entry =>
        {
            (entry.UserId, entry.VaultboxId) = (UserId, own.Id);
            (entry.SmtpCode, entry.EnhancedCode, entry.Reason, entry.Sender) = (451, "4.3.5", "no valid certificate", "post@school.test");
        });
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => entry.Sender = "someone@elsewhere.test");

        var page = Render<VaultboxActivityPage>(p => p.Add(v => v.Id, own.Id));

        var row = Assert.Single(page.WaitForElements("tbody tr"));
        Assert.Contains("We held up mail from post@school.test; its server tries again.", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("451 4.3.5", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_FilteredInTheUrl_ShowsThoseAndTheirTechnicalView()
    {
        var own = await MakeVaultboxAsync("mara");
        var refused = await LogAsync(LogStages.Refused, LogOutcomes.Refused, entry =>
            (entry.UserId, entry.VaultboxId, entry.SmtpCode, entry.Sender) = (UserId, own.Id, 550, "post@school.test"));
        await LogAsync(LogStages.Stored, LogOutcomes.Ok, entry => (entry.UserId, entry.VaultboxId, entry.Sender) = (UserId, own.Id, "otto@example.test"));
        Navigation.NavigateTo($"/vaultboxes/{own.Id}/activity?stage=refused&range=24h");

        var page = Render<VaultboxActivityPage>(p => p.Add(v => v.Id, own.Id));

        var row = Assert.Single(page.WaitForElements("tbody tr"));
        Assert.Contains("We refused mail from post@school.test.", row.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{own.Id}/activity?stage=refused&passport={refused}&range=24h", row.QuerySelector("a")!.GetAttribute("href"));
        var export = page.Find("a[download]");
        Assert.Equal(("Export 1 row (CSV)", $"/api/v1/vaultboxes/{own.Id}/activity.csv?stage=refused"), (export.TextContent.Trim(), export.GetAttribute("href")));
        Navigation.NavigateTo($"/vaultboxes/{own.Id}/activity?stage=refused&passport={refused}");
        Assert.Contains("Refused.", page.WaitForElement(".trace .vb-alert").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{own.Id}/activity?range=30d&stage=refused", page.Find(".trace header a").GetAttribute("href"));
    }

    [Fact]
    public async Task Activity_FiltersWithoutAMatch_AreCleared()
    {
        var own = await MakeVaultboxAsync("mara");
        Navigation.NavigateTo($"/vaultboxes/{own.Id}/activity?q=nobody");

        var page = Render<VaultboxActivityPage>(p => p.Add(v => v.Id, own.Id));

        Assert.Equal($"/vaultboxes/{own.Id}/activity", page.WaitForElement(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Activity_Nothing_InvitesToSendATestMail()
    {
        var own = await MakeVaultboxAsync("mara");

        var page = Render<VaultboxActivityPage>(p => p.Add(v => v.Id, own.Id));

        Assert.Contains("Nothing has happened here yet.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
    }
}
