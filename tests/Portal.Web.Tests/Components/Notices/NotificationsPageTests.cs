using System.Globalization;
using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Testing;
using Portal.Vault.Notices;
using Portal.Web.Components.Notices;

namespace Portal.Web.Tests.Components.Notices;

public sealed class NotificationsPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private static readonly Guid BoxId = Guid.Parse("7d3a4c1e-0000-4000-8000-0000000000b0");

    [Fact]
    public void Open_Nothing_SaysSo()
    {
        var page = Render<NotificationsPage>();

        Assert.Contains("Nothing to tell you.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("ul"));
    }

    [Fact]
    public async Task Open_Notices_AreSentencesByDayWithTheUnreadMarked()
    {
        await TellAsync(NoticeKinds.KeyAdded, Time.GetUtcNow(), new() { ["name"] = "Laptop", ["address"] = "mara@vault.test", ["fingerprint"] = "4a1c9f0700000000d2e8" });
        await TellAsync(NoticeKinds.VaultboxDeleted, Time.GetUtcNow().AddDays(-1), new() { ["name"] = "Shop", ["count"] = "2077", ["until"] = "2026-12-23T10:00:00Z" }, isRead: true);

        var page = Render<NotificationsPage>();

        page.WaitForElement("ul");
        Assert.Equal(["Tue 24 Nov 2026", "Mon 23 Nov 2026"], page.FindAll("h2").Select(day => day.TextContent));
        var rows = page.FindAll("li");
        Assert.Contains("The key “Laptop” was added to mara@vault.test. Mail is sealed to it from now on. Fingerprint 4a1c 9f07 … d2e8.", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/vaultboxes/{BoxId}/keys", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(rows[0].QuerySelector(".new"));
        Assert.Contains("“Shop” was deleted with 2,077 sealed messages. You can restore it until Wed 23 Dec 2026, 10:00 UTC.", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Null(rows[1].QuerySelector(".new"));
    }

    [Fact]
    public async Task MarkAllRead_Clicked_LeavesNoneUnreadAndTheBellHears()
    {
        await TellAsync(NoticeKinds.KeyRetired, Time.GetUtcNow());
        await TellAsync(NoticeKinds.KeyResumed, Time.GetUtcNow());
        var bell = Render<NoticeBell>();
        bell.WaitForAssertion(() => Assert.Equal("Notifications, 2 unread", bell.Find("a").GetAttribute("aria-label")));
        var page = Render<NotificationsPage>();
        page.WaitForElement("ul");

        await page.FindAll("button").Single(b => b.TextContent.Trim() == "Mark all read").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".new")));
        Assert.Empty(page.FindAll("button"));
        bell.WaitForAssertion(() => Assert.Equal("Notifications", bell.Find("a").GetAttribute("aria-label")));
        Assert.Empty(bell.FindAll(".count"));
    }

    [Fact]
    public async Task Bell_WhileTheCircuitIsOpen_LooksEveryMinuteAndOnNavigation()
    {
        var bell = Render<NoticeBell>();
        bell.WaitForAssertion(() => Assert.Equal(0, Services.GetRequiredService<UnreadNotices>().Number));

        await TellAsync(NoticeKinds.KeyAdded, Time.GetUtcNow());
        Time.Advance(NoticeBell.Interval);
        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find(".count").TextContent));
        await TellAsync(NoticeKinds.KeyAdded, Time.GetUtcNow());
        Navigation.NavigateTo("/vaultboxes");

        bell.WaitForAssertion(() => Assert.Equal("2", bell.Find(".count").TextContent));
    }

    [Fact]
    public async Task Bell_DatabaseDown_HasNoNumberAndStands()
    {
        await TellAsync(NoticeKinds.KeyAdded, Time.GetUtcNow());
        await Vault.GoDownAsync();

        var bell = Render<NoticeBell>();

        Assert.Equal("Notifications", bell.Find("a").GetAttribute("aria-label"));
        await Vault.GoUpAsync();
        Time.Advance(NoticeBell.Interval);
        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find(".count").TextContent));
    }

    [Theory]
    [InlineData(NoticeKinds.KeyRetired, "The key “Laptop” of mara@vault.test was retired.")]
    [InlineData(NoticeKinds.KeyResumed, "The key “Laptop” of mara@vault.test is in use again.")]
    [InlineData(NoticeKinds.KeyDeleted, "The key “Laptop” of mara@vault.test was deleted.")]
    [InlineData(NoticeKinds.KeyExpiring, "The key “Laptop” of mara@vault.test expires in 14 days. Add a new one so that mail keeps coming.")]
    [InlineData(NoticeKinds.KeyForeign, "A key of mara@vault.test is not signed by you. Nothing was sealed to it; mail waits at its senders.")]
    [InlineData(NoticeKinds.PassphraseChanged, "Your passphrase was changed.")]
    [InlineData(NoticeKinds.RecoveryKitMade, "A recovery kit was made.")]
    [InlineData(NoticeKinds.VaultboxRestored, "“Laptop” was restored.")]
    [InlineData(NoticeKinds.VaultboxPurged, "“Laptop” was destroyed for good with 3 sealed messages.")]
    [InlineData(NoticeKinds.AliasEnding, "mara@vault.test and 2 other addresses end")]
    [InlineData("something_new", "Something new: “Laptop”.")]
    public void Words_EachKind_SaysWhatHappened(string kind, string expected)
    {
        var detail = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Laptop", ["address"] = "mara@vault.test", ["days"] = "14", ["count"] = "3" };

        var text = NoticeWords.Of(new NoticeView(Guid.NewGuid(), BoxId, kind, detail, Time.GetUtcNow(), null)).Text;

        Assert.StartsWith(expected, text, StringComparison.Ordinal);
    }

    private Task TellAsync(string kind, DateTimeOffset at, Dictionary<string, string>? detail = null, bool isRead = false) => Vault.ExecuteAsync(
        $"""
         INSERT INTO owner_notices (user_id, vaultbox_id, kind, detail, occurred_at, read_at, wants_mail)
         VALUES ('{UserId}', '{BoxId}', '{kind}', '{JsonSerializer.Serialize(detail ?? [])}', '{at.ToString("O", CultureInfo.InvariantCulture)}', {(isRead ? "now()" : "NULL")}, false)
         """);
}
