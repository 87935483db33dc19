using System.Text;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Intake;

/// <summary>Intake's replies over a real socket, and the rows that the processing log keeps of them.</summary>
public sealed class IntakeTests(SharedPortal portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody@vault.test", "550 5.1.1", "refused")]
    [InlineData("someone@elsewhere.example", "550 5.7.1", "refused")]
    [InlineData("keyless@vault.test", "451 4.3.5", "deferred")]
    public async Task Recipient_ThatCannotTakeMail_IsToldWhyAndLogged(string recipient, string reply, string stage)
    {
        // A domain is the portal's own once an address of it is here, whichever test runs first.
        var alias = recipient.StartsWith("keyless", StringComparison.Ordinal) ? "keyless" : $"{Guid.NewGuid():n}";
        await portal.Admin.PostAsync("/api/v1/vaultboxes", new { domain = "vault.test", alias });

        var dialogue = await DialogueAsync(portal, recipient);

        Assert.Contains($"<** {reply}", dialogue, StringComparison.Ordinal);
        var row = await LoggedAsync(portal, recipient);
        Assert.Equal((stage, reply[4..]), (row.GetProperty("stage").GetString(), row.GetProperty("enhancedCode").GetString()));
    }

    [Fact]
    public async Task Recipients_OneUnknownAmongThem_OthersGetTheMail()
    {
        var account = await TestAccount.AddAsync(portal.Process, "several@people.test");
        var first = await account.NewVaultboxAsync("several.a", new TestKey("several.a@vault.test"));
        var second = await account.NewVaultboxAsync("several.b", new TestKey("several.b@vault.test"));

        await Tool.RunAsync("python3", ["-c", $"""
            import smtplib
            with smtplib.SMTP('127.0.0.1', {portal.Process.IntakePort}) as client:
                refused = client.sendmail('', ['several.a@vault.test', 'nobody@vault.test', 'SEVERAL.B@Vault.Test'], b'Subject: x\r\n\r\nText\r\n')
                assert list(refused) == ['nobody@vault.test'], refused
            """]);

        Assert.Equal((1, 1), ((await account.MessagesAsync(first)).Count, (await account.MessagesAsync(second)).Count));
    }

    [Fact]
    public async Task DatabaseAway_Mail_IsDeferredAndLoggedOnceItIsBack()
    {
        // A portal of its own: what has lost its database is not for others to use.
        await using var own = new SharedPortal();
        await own.InitializeAsync();
        await own.Admin.NewVaultboxAsync("away", new TestKey("away@vault.test"));
        await AsSuperuserAsync(own, "ALTER DATABASE motorical_encrypted_imap ALLOW_CONNECTIONS false");
        await AsSuperuserAsync(own, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'motorical_encrypted_imap'");

        var dialogue = await DialogueAsync(own, "away@vault.test");
        await AsSuperuserAsync(own, "ALTER DATABASE motorical_encrypted_imap ALLOW_CONNECTIONS true");

        Assert.Contains("<** 451 4.3.0", dialogue, StringComparison.Ordinal);
        Assert.Equal("deferred", (await LoggedAsync(own, "away@vault.test")).GetProperty("stage").GetString());
        Assert.Contains("250 2.0.0", await DialogueAsync(own, "away@vault.test"), StringComparison.Ordinal);
    }

    private static async Task<string> DialogueAsync(SharedPortal portal, string recipient)
    {
        var (_, output, _) = await Tool.TryAsync(
            "swaks", ["--server", "127.0.0.1", "--port", $"{portal.Process.IntakePort}", "--from", "otto@sender.example", "--to", recipient]);
        return Encoding.UTF8.GetString(output);
    }

    /// <summary>The log's row about the recipient; rows outside a storing transaction are written a moment later.</summary>
    private static async Task<System.Text.Json.JsonElement> LoggedAsync(SharedPortal portal, string recipient)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var rows = await portal.Admin.GetAsync($"/api/v1/processing-logs?text={Uri.EscapeDataString(recipient)}");
            if (rows.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } row)
                return row;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task AsSuperuserAsync(SharedPortal portal, string sql)
    {
        await using var connection = new NpgsqlConnection(portal.Process.SuperuserConnectionString("postgres"));
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
