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
        await Vault.ExecuteAsync(
            $"""
             INSERT INTO encrypted_emails (id, vaultbox_id, mailbox_id, uid, mod_seq, message_id, recipient, body_encrypted, size, content_type, outer_headers, content_sha256, receipt, passport_id, received_at)
             SELECT gen_random_uuid(), vaultbox_id, id, 1, 1, '<x>', 'mara@vault.test', '\x30', 1, 'x', 'x', sha256(''), 'x', gen_random_uuid(), now() FROM mailboxes WHERE vaultbox_id = '{vaultbox.Id}' LIMIT 1
             """);

        var page = Render<ReadyPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        Assert.False(page.WaitForElement("vb-test-mail").HasAttribute("autostart"));
    }

    [Fact]
    public async Task Open_SomeoneElses_IsNotFound()
    {
        var theirs = await MakeVaultboxAsync("theirs", "Secret name", owner: Guid.NewGuid());

        await IsNotFoundAsync(() => Render<ReadyPage>(p => p.Add(page => page.Id, theirs.Id)));
    }

    [Fact]
    public async Task Open_VaultboxWithoutAKey_ResumesAtKeys()
    {
        var vaultbox = await MakeVaultboxAsync("mara");

        var page = Render<ReadyPage>(parameters => parameters.Add(p => p.Id, vaultbox.Id));

        page.WaitForAssertion(() => Assert.EndsWith($"/vaultboxes/{vaultbox.Id}/keys-setup", Navigation.Uri, StringComparison.Ordinal));
    }
}
