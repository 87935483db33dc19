using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Platform;
using Portal.Platform.Audit;
using Portal.Testing;
using Portal.Web.Components.Admin;
using AuditPage = Portal.Web.Components.Admin.AuditPage;

namespace Portal.Web.Tests.Components.Admin;

public sealed class AuditPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private static readonly Guid Vaultbox = Guid.Parse("018f2f4e-6c1a-7c3e-9d50-0b1c2d3e4f50");

    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await ActAsync();
        SignInAs(role);
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<AuditPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, form, table, .vb-alert"));
    }

    [Fact]
    public void Open_NothingDone_SaysSoAndThatNothingWasVerified()
    {
        SignInAs("admin");

        var page = Render<AuditPage>();

        Assert.Contains("Nothing has been done yet.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("Not verified yet.", page.Find(".vb-alert-warn").TextContent.Trim());
    }

    [Fact]
    public async Task Open_Acts_AreListedNewestFirstInWords()
    {
        await ActAsync();
        SignInAs("admin");

        var page = Render<AuditPage>();

        Assert.Equal(["Vaultbox made", "Role changed"], page.WaitForElements("tbody th a").Select(link => link.TextContent));
        Assert.Contains("user → support", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("anna@people.test", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Firefox on Linux · 192.0.2.0/24", page.FindAll("tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("The operator, at the console", page.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AnEntry_ShowsBeforeAndAfter()
    {
        await ActAsync();
        SignInAs("admin");
        Navigation.NavigateTo("/admin/audit?entry=1");

        var page = Render<AuditPage>();

        Assert.Equal("Role|user|support", string.Join('|', page.WaitForElements(".vb-table-detail tbody tr > *").Select(cell => cell.TextContent.Trim())));
        Assert.Equal("true", page.Find("#entry-1 th a").GetAttribute("aria-expanded"));
        Assert.EndsWith("/admin/audit#entry-1", page.Find("#entry-1 th a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("act=vaultbox.created", "Vaultbox made")]
    [InlineData("act=account.", "Role changed")]
    [InlineData("person=ANNA@people.test", "Vaultbox made,Role changed")]
    [InlineData("target=018f2f4e-6c1a-7c3e-9d50-0b1c2d3e4f50", "Vaultbox made")]
    [InlineData("from=2026-11-24&to=2026-11-24", "Vaultbox made,Role changed")]
    [InlineData("from=tomorrow", "Vaultbox made,Role changed")]
    public async Task Filter_InTheUrl_NarrowsTheRowsAndStandsInTheExports(string filter, string acts)
    {
        await ActAsync();
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/audit?{filter}");

        var page = Render<AuditPage>();

        Assert.Equal(acts, string.Join(',', page.WaitForElements("tbody th a").Select(link => link.TextContent)));
        Assert.All(page.FindAll("a[download]"), link => Assert.Equal(filter == "from=tomorrow", !link.GetAttribute("href")!.Contains('?', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("person=nobody@people.test")]
    [InlineData("act=key.deleted")]
    [InlineData("to=2020-01-01")]
    public async Task Filter_ThatNothingMatches_SaysSoAndLeadsBack(string filter)
    {
        await ActAsync();
        SignInAs("admin");
        Navigation.NavigateTo($"/admin/audit?{filter}");

        var page = Render<AuditPage>();

        Assert.Contains("Nothing matches.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/audit", page.Find(".vb-empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Check_AWholeChain_SaysHowManyEntriesAndWhen()
    {
        await ActAsync();
        SignInAs("admin");
        var page = Render<AuditPage>();

        await page.WaitForElement("form[method=post]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Verified 2 entries, just now.", page.Find(".vb-alert-ok").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ABrokenChain_IsRedAndLeadsToTheEntry()
    {
        await ActAsync();
        await Platform.ExecuteAsync("ALTER TABLE audit_log DISABLE TRIGGER USER; UPDATE audit_log SET act = 'account.restored' WHERE seq = 1");
        SignInAs("admin");
        var page = Render<AuditPage>();

        await page.WaitForElement("form[method=post]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Broken at entry 1: it was altered", string.Join(' ', page.Find(".vb-alert-error").TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal));
        Assert.Equal("/admin/audit?before=2&entry=1", page.Find(".vb-alert-error a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_MoreThanOnePage_LeadsToOlderOnesAndBack()
    {
        await ActAsync(50);
        SignInAs("admin");
        var first = Render<AuditPage>();
        Assert.Equal(50, first.WaitForElements("tbody th a").Count);
        Navigation.NavigateTo(first.Find("nav[aria-label=Pages] a").GetAttribute("href")!);

        var second = Render<AuditPage>();

        Assert.Equal(2, second.WaitForElements("tbody th a").Count);
        Assert.Equal("Newest", second.Find("nav[aria-label=Pages] a").TextContent);
    }

    [Fact]
    public void Words_OfEveryAct_AreThere() =>
        Assert.Empty(Acts.All.Except(AuditWords.All.Select(pair => pair.Act), StringComparer.Ordinal));

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(190, "3 min ago")]
    [InlineData(7300, "2 h ago")]
    [InlineData(200000, "2 d ago")]
    public void Ago_OfASpan_IsShort(int seconds, string words) => Assert.Equal(words, AuditWords.Ago(TimeSpan.FromSeconds(seconds)));

    private async Task ActAsync(int more = 0)
    {
        await Platform.ExecuteAsync($"INSERT INTO users (id, email, role) VALUES ('{UserId}', 'anna@people.test', 'admin')");
        var source = Services.GetRequiredService<AuditSource<PlatformContext>>();
        await using (var context = await Services.GetRequiredService<IDbContextFactory<PlatformContext>>().CreateDbContextAsync(Cancel))
        {
            var now = Time.GetUtcNow();
            context.Audit(AuditBy.Operator, Acts.RoleChanged, AuditTarget.Account(UserId), now, new AuditDetail().Fact("role", "user", "support"));
            context.Audit(
                new AuditBy(ActorKinds.Person, UserId, From: new ActedFrom("192.0.2.0/24", "Firefox on Linux", null)), Acts.VaultboxCreated,
                AuditTarget.Of(AuditTarget.VaultboxKind, Vaultbox, UserId), now.AddSeconds(1), new AuditDetail().Personal("address", "anna@vault.test"));
            for (var i = 0; i < more; i++)
                context.Audit(AuditBy.Portal, Acts.VaultboxPurged, AuditTarget.Of(AuditTarget.VaultboxKind, Guid.NewGuid(), UserId), now.AddSeconds(2));
            await context.SaveChangesAsync(Cancel);
        }

        await Services.GetRequiredService<ChainEntries>().HandleAsync(await source.WaitingAsync(100, Cancel), Cancel);
    }
}
