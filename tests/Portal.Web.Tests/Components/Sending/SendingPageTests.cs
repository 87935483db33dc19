using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Platform.Accounts;
using Portal.Platform.MotorBlocks;
using Portal.Testing;
using Portal.Web.Components.Sending;
using Portal.Web.Tests.Components.Credentials;

namespace Portal.Web.Tests.Components.Sending;

public sealed class SendingPageTests(PostgresCluster cluster) : CredentialComponentTest(cluster)
{
    private static Actor Person => Portal.Platform.Accounts.Actor.Person(UserId, Role.User, SessionId, DateTimeOffset.MaxValue);

    [Theory]
    [InlineData("user", 0)]
    [InlineData("admin", 1)]
    public void Open_NoDomain_SaysSoAndLeadsWhoMayAddOne(string role, int links)
    {
        SignInAs(role);

        var page = Render<SendingPage>();

        Assert.Contains("Sending needs a verified domain of your own.", page.WaitForElement(".vb-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal(links, page.FindAll(".vb-empty a[href='/set-up/domain']").Count);
        Assert.DoesNotContain("New sender", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ADomainOfOnesOwn_InvitesToMakeASender()
    {
        await AddDomainAsync();

        var page = Render<SendingPage>();

        Assert.Equal("New sender", page.WaitForElement(".vb-empty button").TextContent.Trim());
    }

    [Fact]
    public async Task Create_OverTheHighestLimit_IsToldAtItsFieldThenMadeAndShownOnce()
    {
        await AddDomainAsync();
        var page = Render<SendingPage>();
        await page.WaitForElement(".vb-empty button").ClickAsync(new());

        await page.Find("#label").ChangeAsync(new() { Value = "Printer" });
        foreach (var (rate, told) in new[] { ("many", "whole number"), ("200000", "from 1 to 100000") })
        {
            await page.Find("#rate").ChangeAsync(new() { Value = rate });
            await page.Find("dialog form").SubmitAsync();
            page.WaitForAssertion(() => Assert.Contains(told, page.Find("#rate-error").TextContent, StringComparison.Ordinal));
        }

        await page.Find("#rate").ChangeAsync(new() { Value = "500" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForElement("#new-password");
        Assert.Contains("0 of 500 this hour", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("sender.test", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Used_ShowsTheRateAsAMeterWithText()
    {
        var block = await MakeAsync("Shop", 500);
        await SendAsync(block.Id, 412);

        var page = Render<SendingPage>();

        Assert.Contains("412 of 500 this hour", page.WaitForElement("tbody tr").TextContent, StringComparison.Ordinal);
        var meter = page.Find("meter");
        Assert.Equal(("412", "500"), (meter.GetAttribute("value"), meter.GetAttribute("max")));
        Assert.Equal($"/sending/{block.Id}", page.Find("tbody th a").GetAttribute("href"));
    }

    [Fact]
    public async Task Pause_ThenResume_SaysWhatItMeans()
    {
        await MakeAsync("Shop", 500);
        var page = Render<SendingPage>();
        page.WaitForElement("tbody tr");

        await Button(page, "Pause").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("“Shop” is paused.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Paused", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        await Button(page, "Resume").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("“Shop” sends again.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_OnThePageOfAPausedSender_SaysWhatItMeans()
    {
        var block = await MakeAsync("Shop", 500);
        await Platform.ExecuteAsync("UPDATE motor_blocks SET smtp_enabled = false");
        var page = Render<SenderDetail>(p => p.Add(detail => detail.Id, block.Id));

        await page.WaitForElement("header button.vb-button-primary").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("sends again", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("header button.vb-button-primary"));
        Assert.True(await Platform.ScalarAsync<bool>("SELECT smtp_enabled FROM motor_blocks"));
    }

    [Fact]
    public async Task Limits_Changed_AreShown()
    {
        await MakeAsync("Shop", 500);
        var page = Render<SendingPage>();
        page.WaitForElement("tbody tr");
        await Button(page, "Limits").ClickAsync(new());
        Assert.Equal("500", page.Find("#rate").GetAttribute("value"));

        await page.Find("#rate").ChangeAsync(new() { Value = "60" });
        await page.Find("dialog form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("0 of 60 this hour", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rotate_ASender_UsesTheSameDialog()
    {
        var block = await MakeAsync("Shop", 500);
        var page = Render<SendingPage>();
        page.WaitForElement("tbody tr");

        await Button(page, "Rotate").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("Clients seen in the last 30 days", page.Find("dialog").TextContent, StringComparison.Ordinal));
        await Button(page, "Make new password").ClickAsync(new());

        page.WaitForElement("#new-password");
        var found = await Services.GetRequiredService<GetMotorBlock>().HandleAsync(Person, block.Id, Cancel);
        Assert.Equal(Time.GetUtcNow().AddDays(1), found.Value!.Block.PreviousValidUntil);
    }

    [Fact]
    public async Task Open_DatabaseDown_SaysSoAndTryAgainLoads()
    {
        await MakeAsync("Shop", 500);
        await Platform.GoDownAsync();
        var page = Render<SendingPage>();
        Assert.Contains("Reference", page.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);

        await Platform.GoUpAsync();
        await page.Find("[role=alert] button").ClickAsync(new());

        Assert.Single(page.WaitForElements("tbody tr"));
    }

    [Fact]
    public async Task Sender_Used_HasAChartWithItsTable()
    {
        var block = await MakeAsync("Shop", 500);
        await SendAsync(block.Id, 412);

        var page = Render<SenderPage>(p => p.Add(s => s.Id, block.Id));

        page.WaitForElement("svg[role=img] rect");
        Assert.Equal(48, page.FindAll("svg[role=img] rect").Count);
        Assert.Equal("412 messages in 1 hour of the last 48; the busiest had 412.", page.Find("svg[role=img]").GetAttribute("aria-label"));
        Assert.Equal("412", page.FindAll("details tbody td")[0].TextContent);
        Assert.Equal(48, page.FindAll("details tbody tr").Count);
    }

    [Fact]
    public async Task Sender_SomeoneElses_IsNotFound()
    {
        var block = await MakeAsync("Shop", 500);
        await Platform.ExecuteAsync("INSERT INTO users (id, email, role, status) VALUES ('7d3a4c1e-0000-4000-8000-00000000000f', 'other@people.test', 'user', 'active')");
        await Platform.ExecuteAsync($"UPDATE motor_blocks SET user_id = '7d3a4c1e-0000-4000-8000-00000000000f' WHERE id = '{block.Id}'");
        var notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        var page = Render<SenderPage>(p => p.Add(s => s.Id, block.Id));

        page.WaitForAssertion(() => Assert.True(notFound));
        Assert.DoesNotContain("Shop", page.Markup, StringComparison.Ordinal);
    }

    private Task AddDomainAsync() => Platform.ExecuteAsync(
        $"""
         INSERT INTO users (id, email, role, status) VALUES ('{UserId}', 'mara@people.test', 'user', 'active') ON CONFLICT DO NOTHING;
         INSERT INTO domains (id, user_id, domain, verification_status) VALUES (gen_random_uuid(), '{UserId}', 'sender.test', 'verified')
         """);

    private async Task<MotorBlockView> MakeAsync(string label, int rate)
    {
        await AddDomainAsync();
        var made = await Services.GetRequiredService<CreateMotorBlock>().HandleAsync(Person, new CreateMotorBlockRequest(label, "sender.test", rate), Cancel);
        return made.Value?.Block ?? throw new InvalidOperationException(made.Failure!.Detail);
    }

    private Task SendAsync(Guid id, int messages) => Platform.ExecuteAsync(
        $"INSERT INTO motor_block_messages (motor_block_id, minute, messages) VALUES ('{id}', date_trunc('minute', '{Time.GetUtcNow():O}'::timestamptz), {messages})");
}
