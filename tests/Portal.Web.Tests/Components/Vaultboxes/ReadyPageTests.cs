using Bunit;
using Portal.Testing;
using Portal.Web.Components.Vaultboxes;

namespace Portal.Web.Tests.Components.Vaultboxes;

public sealed class ReadyPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public async Task Open_EmptyVaultbox_TestMailStartsByItself()
    {
        var vaultbox = await MakeVaultboxAsync("mara");
        await GiveKeyAsync(vaultbox.Id, Time.GetUtcNow().AddYears(1));

        var page = Render<ReadyPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        Assert.True(page.WaitForElement("vb-test-mail").HasAttribute("autostart"));
        Assert.Equal("step", page.FindAll(".vb-steps li")[3].GetAttribute("aria-current"));
        Assert.Equal($"/mail/{vaultbox.Id}", page.Find(".vb-button-primary").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_VaultboxWithMail_SendsNothingByItself()
    {
        var vaultbox = await MakeVaultboxAsync("mara");
        await GiveKeyAsync(vaultbox.Id, Time.GetUtcNow().AddYears(1));
        await Vault.ExecuteAsync($"UPDATE vaultboxes SET message_count = 1 WHERE id = '{vaultbox.Id}'");

        var page = Render<ReadyPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        Assert.False(page.WaitForElement("vb-test-mail").HasAttribute("autostart"));
    }

    [Fact]
    public async Task Open_VaultboxWithoutAKey_ResumesAtKeys()
    {
        var vaultbox = await MakeVaultboxAsync("mara");

        Render<ReadyPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        Assert.EndsWith($"/vaultboxes/{vaultbox.Id}/keys-setup", Navigation.Uri, StringComparison.Ordinal);
    }
}
