using Microsoft.Playwright;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Credentials;

/// <summary>The pages and dialogs of credentials in their states, wide and narrow, light and dark.</summary>
public sealed class CredentialPagesTests(SharedPortal portal, Chromium chromium)
{
    [Fact]
    public async Task Devices_InEachState_AreAccessibleAndFit()
    {
        var account = await TestAccount.AddAsync(portal.Process, "devices@people.test");
        var vaultbox = await account.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias = "devices", name = "Everyday mail" });
        var devices = $"/api/v1/vaultboxes/{vaultbox.GetProperty("id").GetString()}/devices";
        await account.PostAsync(devices, new { label = "Newsletter", protocols = new[] { "smtp" }, expiresAt = "2027-01-31T12:00:00Z" });
        await account.PostAsync(devices, new { label = "Office", protocols = new[] { "smtp" }, allowedNetworks = new[] { "192.0.2.0/24" } });
        var home = (await account.PostAsync(devices, new { label = "Home devices", protocols = new[] { "smtp" } })).GetProperty("id").GetGuid();
        await NoteUsesAsync(home);
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await visitor.LookAsync("devices", $"/vaultboxes/{vaultbox.GetProperty("id").GetString()}/devices");
        await visitor.InteractiveAsync();

        await page.GetByText("Thunderbird", new() { Exact = true }).ClickAsync();
        await page.GetByText("Apple Mail", new() { Exact = true }).ScrollIntoViewIfNeededAsync();
        await visitor.CheckAsync("devices-guide");
        await Button(page, "New credential").ClickAsync();
        await page.GetByLabel("Only from these networks").FillAsync("192.0.2.7/24");
        await Button(page, "Make credential").ClickAsync();
        await page.GetByText("is an address in a network").WaitForAsync();
        await visitor.CheckAsync("devices-new-refused");
        await Button(page, "Cancel").ClickAsync();

        await page.GetByLabel("More for Home devices").ClickAsync();
        await visitor.CheckAsync("devices-menu");
        await page.Keyboard.PressAsync("Escape");
        await Button(page, "Rotate Home devices").ClickAsync();
        await page.GetByText("Scanner in the study").First.WaitForAsync();
        await visitor.CheckAsync("rotate-choose");
        await Button(page, "Now").ClickAsync();
        await page.GetByText("Stops 4 devices at once.").WaitForAsync();
        await visitor.CheckAsync("rotate-now");
        await Button(page, "24 hours").ClickAsync();
        await Button(page, "Make new password").ClickAsync();
        await page.GetByText("0 of 4 changed", new() { Exact = true }).First.WaitForAsync();
        await NoteNewUseAsync(home);
        await page.GetByText("1 of 4 changed", new() { Exact = true }).First.WaitForAsync();
        await visitor.CheckAsync("rotate-made");
        await page.GetByLabel("Close", new() { Exact = true }).ClickAsync();
        await page.GetByText("The password is not shown again.").WaitForAsync();
        await visitor.CheckAsync("rotate-asks-once");
        await Button(page, "Close anyway").ClickAsync();
        await page.GetByText("Rotating, 1 of 4 changed").WaitForAsync();
        await visitor.CheckAsync("devices-rotating");
        await Button(page, "Rotate Home devices").ClickAsync();
        await Button(page, "Rotate again").WaitForAsync();
        await visitor.CheckAsync("rotate-running");
    }

    [Fact]
    public async Task Sending_InEachState_IsAccessibleAndFits()
    {
        var account = await TestAccount.AddAsync(portal.Process, "sending@people.test");
        const string domain = "sending.test";
        await portal.Process.VerbAsync(["domain", "add", domain, "--owner", account.Email, "--verified"]);
        await using var visitor = await Visitor.ArriveToLookAsync(chromium, portal.Url);
        var page = visitor.Page;
        await visitor.SignInAsync(account);
        await visitor.LookAsync("sending-empty", "/sending");
        await account.PostAsync("/api/v1/motor-blocks", new { label = "Printer on the second floor", domain, rateLimitPerHour = 60, allowedNetworks = new[] { "192.0.2.0/24" } });
        var shop = (await account.PostAsync("/api/v1/motor-blocks", new { label = "Shop", domain, rateLimitPerHour = 500 })).GetProperty("id").GetGuid();
        await NoteSendingAsync(shop);
        await visitor.LookAsync("sending", "/sending");
        await visitor.InteractiveAsync();

        await Button(page, "New sender").ClickAsync();
        await page.GetByLabel("Sends for").WaitForAsync();
        await visitor.CheckAsync("sending-new");
        await Button(page, "Cancel").ClickAsync();
        await page.GetByLabel("More for Shop").ClickAsync();
        await Button(page, "Pause").ClickAsync();
        await page.GetByText("“Shop” is paused.").WaitForAsync();
        await visitor.CheckAsync("sending-paused");
        await visitor.LookAsync("sender", $"/sending/{shop}");
        await page.GetByText("Show as a table").ClickAsync();
        await visitor.CheckAsync("sender-table");
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private Task NoteUsesAsync(Guid device) => ExecuteAsync(
        "motorical_encrypted_imap",
        $"""
         SELECT note_device_uses(jsonb_agg(jsonb_build_object(
             'device', d.id, 'password', d.password_id, 'protocol', 'smtp', 'client', c.name, 'ip', c.ip, 'at', now() - c.ago, 'uses', 9)))
         FROM devices d, (VALUES
             ('Laptop, desktop client', '192.0.2.44', interval '2 minutes'), ('Phone, mail app', '198.51.100.23', interval '3 hours'),
             ('Tablet, mail app', '192.0.2.44', interval '20 hours'), ('Scanner in the study', '192.0.2.60', interval '3 days')) c(name, ip, ago)
         WHERE d.id = '{device}'
         """);

    private Task NoteNewUseAsync(Guid device) => ExecuteAsync(
        "motorical_encrypted_imap",
        $"""
         SELECT note_device_uses(jsonb_build_array(jsonb_build_object(
             'device', d.id, 'password', d.password_id, 'protocol', 'smtp', 'client', 'Laptop, desktop client', 'ip', '192.0.2.44', 'at', now(), 'uses', 1)))
         FROM devices d WHERE d.id = '{device}'
         """);

    private Task NoteSendingAsync(Guid sender) => ExecuteAsync(
        "motorical_db",
        $"""
         INSERT INTO motor_block_messages (motor_block_id, minute, messages)
             SELECT '{sender}', date_trunc('minute', now()) - make_interval(hours => h), CASE WHEN h = 0 THEN 412 WHEN h % 24 BETWEEN 9 AND 15 THEN 12 * h % 170 + 20 ELSE 0 END
             FROM generate_series(0, 46) h;
         INSERT INTO motor_block_uses (motor_block_id, password_id, client_name, network, last_ip, first_at, last_at, uses)
             SELECT id, password_id, 'shop.example.net', '203.0.113.0/24', '203.0.113.9', now() - interval '9 days', now() - interval '4 minutes', 88
             FROM motor_blocks WHERE id = '{sender}';
         UPDATE motor_blocks SET last_used_at = now() - interval '4 minutes', last_used_ip = '203.0.113.9', last_used_client = 'shop.example.net' WHERE id = '{sender}'
         """);

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(portal.Process.SuperuserConnectionString(database));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
