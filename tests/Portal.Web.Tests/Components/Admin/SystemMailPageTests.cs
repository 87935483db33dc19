using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Testing;
using Portal.Web.Components.Admin;
using Portal.Web.SystemMail;

namespace Portal.Web.Tests.Components.Admin;

public sealed class SystemMailPageTests(PostgresCluster cluster) : DatabaseComponentTest(cluster)
{
    private const string Recipient = "ines@example.org";

    [Theory]
    [InlineData("user")]
    [InlineData("support")]
    public async Task Open_NotAnAdmin_LooksAsIfItWereNotThere(string role)
    {
        await InviteAsync();
        SignInAs(role);
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<SystemMailPage>();

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.Empty(page.FindAll("h1, .vb-alert, table"));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(" ", 1)]
    [InlineData("smtp.example.org", 0)]
    public void Open_ByConfiguration_SaysWhenNothingIsConfigured(string? host, int banners)
    {
        SignInAs("admin");
        Services.GetRequiredService<IOptions<SystemMailOptions>>().Value.Host = host;

        var page = Render<SystemMailPage>();

        Assert.Contains("The portal has written to nobody.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal(banners, page.FindAll(".vb-alert-warn").Count(alert => alert.TextContent.Contains("Nothing is configured to send mail.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("queued", 0, "On its way", false)]
    [InlineData("queued", 2, "Tried, will try again", false)]
    [InlineData("held", 0, "Waits here", true)]
    [InlineData("failed", 9, "Not delivered", true)]
    public async Task Open_MessageThatHasItsText_CanBeTriedAgainAndReadWhenItIsStuck(string state, int attempts, string said, bool isReadable)
    {
        await InviteAsync();
        await SetAsync($"state = '{state}', attempts = {attempts}, last_error = 'no route to host'");
        SignInAs("admin");

        var page = Render<SystemMailPage>();

        var row = page.WaitForElement("tbody tr");
        Assert.StartsWith(Recipient, row.Children[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(said, row.QuerySelector(".vb-chip")!.TextContent);
        Assert.Contains("no route to host", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(isReadable, row.QuerySelector($"a[aria-label='Show the message to {Recipient}']") is not null);
        Assert.NotNull(row.QuerySelector($"button[aria-label='Try again: the message to {Recipient}']"));
        Assert.Empty(page.FindAll("pre"));
    }

    [Fact]
    public async Task Open_NothingConfigured_SaysSoOnceAndNotInEachRow()
    {
        await InviteAsync();
        await SetAsync("state = 'held', last_error = 'Nothing is configured to send mail.'");
        SignInAs("admin");

        var page = Render<SystemMailPage>();

        Assert.DoesNotContain("configured", page.WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing is configured to send mail.", page.Find(".vb-alert-warn").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sent", "Sent")]
    [InlineData("sealed", "Sealed into its vaultbox")]
    public async Task Open_MessageThatArrived_OffersNothing(string state, string said)
    {
        await InviteAsync();
        await SetAsync($"state = '{state}', protected_body = NULL");
        SignInAs("admin");

        var page = Render<SystemMailPage>();

        var row = page.WaitForElement("tbody tr");
        Assert.Equal(said, row.QuerySelector(".vb-chip")!.TextContent);
        Assert.Empty(row.QuerySelectorAll("a, button"));
    }

    [Fact]
    public async Task Show_HeldMessage_ShowsItsTextWithTheLink()
    {
        var invite = await InviteAsync();
        await SetAsync("state = 'held'");
        SignInAs("admin");
        Navigation.NavigateTo(await PathToAsync());

        var page = Render<SystemMailPage>();

        Assert.Contains(invite.Link.AbsoluteUri, page.WaitForElement("pre").TextContent, StringComparison.Ordinal);
        Assert.Contains($"For {Recipient} alone.", page.Find("#shown-title").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WithAnOldProof_GoesToConfirmAndShowsNothing()
    {
        await InviteAsync();
        await SetAsync("state = 'held'");
        SignInAs("admin");
        var path = await PathToAsync();
        Navigation.NavigateTo(path);
        Time.Advance(TimeSpan.FromMinutes(11));

        var page = Render<SystemMailPage>();

        page.WaitForAssertion(() => Assert.EndsWith($"/account/confirm?returnUrl={Uri.EscapeDataString(path)}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("pre"));
    }

    [Fact]
    public async Task Show_MessageOnItsWay_SaysThatItIsNotThere()
    {
        await InviteAsync();
        SignInAs("admin");
        Navigation.NavigateTo(await PathToAsync());

        var page = Render<SystemMailPage>();

        Assert.Contains("There is nothing here by that name", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("pre"));
    }

    [Fact]
    public async Task Retry_FailedMessage_IsQueuedAgainAndSaid()
    {
        await InviteAsync();
        await SetAsync("state = 'failed', attempts = 100");
        SignInAs("admin");
        var page = Render<SystemMailPage>();

        await page.WaitForElement("tbody form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/admin/system-mail?done=retry", Navigation.Uri, StringComparison.Ordinal));
        Assert.Contains("It is tried again now.", Render<SystemMailPage>().WaitForElement(".vb-alert-ok").TextContent, StringComparison.Ordinal);
        Assert.Equal("queued", await Platform.ScalarAsync<string>("SELECT state FROM system_messages"));
    }

    [Fact]
    public async Task Retry_ArrivedMeanwhile_SaysSo()
    {
        await InviteAsync();
        SignInAs("admin");
        var page = Render<SystemMailPage>();
        page.WaitForElement("tbody form");
        await SetAsync("state = 'sent', protected_body = NULL");

        await page.Find("tbody form").SubmitAsync();

        Assert.Contains("This message has arrived or its text is gone.", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("sent", await Platform.ScalarAsync<string>("SELECT state FROM system_messages"));
    }

    [Fact]
    public async Task Open_MoreThanOnePage_LeadsToTheOlder()
    {
        await Platform.ExecuteAsync(
            $"""
             INSERT INTO system_messages (kind, recipient, subject, state, attempts, next_attempt_at, expires_at)
             SELECT 'verify-email', 'person' || i || '@people.test', 'Confirm', 'sent', 1, '{Time.GetUtcNow():O}', '{Time.GetUtcNow().AddDays(1):O}'
             FROM generate_series(1, 51) i
             """);
        SignInAs("admin");
        var first = Render<SystemMailPage>();
        Assert.Equal(50, first.WaitForElements("tbody tr").Count);

        Navigation.NavigateTo(first.Find("a[href*=before]").GetAttribute("href")!);
        var second = Render<SystemMailPage>();

        Assert.Single(second.WaitForElements("tbody tr"));
        Assert.Empty(second.FindAll("a[href*=before]"));
    }

    /// <summary>An act that writes a message with a link in it.</summary>
    private async Task<CreatedInvite> InviteAsync()
    {
        var invited = await Services.GetRequiredService<CreateInvite>().HandleAsync(Actor.Operator, new CreateInviteRequest(Recipient, Role.User), Cancel);
        return invited.Value!;
    }

    private Task SetAsync(string values) => Platform.ExecuteAsync($"UPDATE system_messages SET {values}");

    private async Task<string> PathToAsync() => $"/admin/system-mail?show={await Platform.ScalarAsync<Guid>("SELECT id FROM system_messages")}";
}
