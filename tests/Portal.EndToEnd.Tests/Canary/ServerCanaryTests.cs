using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Canary;

/// <summary>Mail leaves no readable trace on the server: not in a table, the write-ahead log, a log file or a temporary file, in any encoding.</summary>
public sealed class ServerCanaryTests
{
    private const int Mails = 200;

    [Fact]
    public async Task Mail_Delivered_LeavesNoMarkerOnDisk()
    {
        await using var portal = await PortalProcess.StartAsync();
        var account = await TestAccount.AddAsync(portal, "mara@people.test");
        await portal.VerbAsync(["domain", "add", "vault.test", "--owner", account.Email, "--verified"]);
        var vaultbox = await account.NewVaultboxAsync("mara", new TestKey("mara@vault.test"));
        string[] markers = [AwkwardMail.NewMarker(), AwkwardMail.NewMarker(), AwkwardMail.NewMarker()];
        var plant = AwkwardMail.NewMarker();

        await SendAsync(portal.IntakePort, "mara@vault.test", markers);
        // Refused and deferred mail must leave as little.
        await SendAsync(portal.IntakePort, "nobody@vault.test", markers, refused: true);
        await PlantAsync(portal, plant);

        Assert.Equal(Mails, await CountAsync(portal, vaultbox));
        var found = await SearchAsync(portal, [.. markers, plant]);
        Assert.Contains(found, hit => hit.Contains(plant[..6], StringComparison.Ordinal));
        Assert.DoesNotContain(found, hit => !hit.Contains(plant[..6], StringComparison.Ordinal));
    }

    /// <summary>Header, text and attachment each carry a marker of their own.</summary>
    private static Task SendAsync(int port, string to, string[] markers, bool refused = false) => Tool.RunAsync("python3", ["-c", $$"""
        import smtplib
        from email.message import EmailMessage
        with smtplib.SMTP('127.0.0.1', {{port}}) as client:
            for i in range({{Mails}}):
                m = EmailMessage()
                m['From'], m['To'], m['Subject'] = 'otto@sender.example', '{{to}}', 'About {{markers[0]}} ' + str(i)
                m['Message-ID'] = f'<{i}.canary@sender.example>'
                m.set_content('The word is {{markers[1]}}.\n')
                m.add_attachment(b'{{markers[2]}}' * 50, maintype='application', subtype='octet-stream', filename='a.bin')
                try:
                    client.send_message(m)
                    assert not {{(refused ? "True" : "False")}}
                except smtplib.SMTPRecipientsRefused:
                    assert {{(refused ? "True" : "False")}}
        """]);

    /// <summary>A leak that the search must find: text in a table, and so in the write-ahead log.</summary>
    private static async Task PlantAsync(PortalProcess portal, string plant)
    {
        await using var connection = new NpgsqlConnection(portal.SuperuserConnectionString("motorical_encrypted_imap"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"CREATE TABLE planted AS SELECT '{plant}' AS leak; CHECKPOINT", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<long> CountAsync(PortalProcess portal, Guid vaultboxId)
    {
        await using var connection = new NpgsqlConnection(portal.SuperuserConnectionString("motorical_encrypted_imap"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM encrypted_emails WHERE vaultbox_id = '{vaultboxId}'", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<IReadOnlyList<string>> SearchAsync(PortalProcess portal, IReadOnlyList<string> canaries)
    {
        var hits = new List<string>();
        hits.AddRange(Encodings.Find(System.Text.Encoding.UTF8.GetBytes(portal.Output), canaries).Select(hit => $"output: {hit}"));
        var memory = Directory.Exists("/dev/shm") ? Directory.EnumerateFiles("/dev/shm") : [];
        var files = Directory.EnumerateFiles(portal.DataDirectory, "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.GetTempPath()))
            .Concat(memory);
        foreach (var file in files)
        {
            if (!File.Exists(file) || File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint))
                continue;
            var bytes = await ReadAsync(file);
            hits.AddRange(Encodings.Find(bytes, canaries).Select(hit => $"{file}: {hit}"));
        }

        return hits;
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            // A temporary file of somebody else's that ended meanwhile.
            return [];
        }
    }
}
