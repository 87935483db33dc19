using Bunit;
using Portal.Testing;
using Portal.Web.Components.Mail;

namespace Portal.Web.Tests.Components.Mail;

public sealed class MailPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    [Fact]
    public void Open_NoVaultbox_InvitesToMakeOne()
    {
        var page = Render<MailPage>();

        Assert.Equal("/vaultboxes/new", page.WaitForElement(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_SeveralVaultboxes_StartsWithOneThatTakesMail()
    {
        var good = await MakeVaultboxAsync("good");
        await GiveKeyAsync(good.Id, Time.GetUtcNow().AddYears(1));
        Time.Advance(TimeSpan.FromDays(1));
        await MakeVaultboxAsync("newer-without-key");

        var page = Render<MailPage>();

        Assert.Equal(good.Id.ToString(), page.WaitForElement("vb-mail").GetAttribute("vaultbox-id"));
    }

    [Fact]
    public async Task Open_SomeoneElsesVaultbox_IsNotFound()
    {
        await MakeVaultboxAsync("mine");
        var theirs = await MakeVaultboxAsync("theirs", owner: Guid.NewGuid());
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<MailPage>(p => p.Add(m => m.VaultboxId, theirs.Id));

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("vb-mail"));
    }
}
