using System.Text;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Canary;

/// <summary>
/// Mail, and the password of who handed it in, leave no readable trace on the server: not in a table, the write-ahead log, a log file or
/// a temporary file, in any encoding.
/// </summary>
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
        var device = await account.PostAsync($"/api/v1/vaultboxes/{vaultbox}/devices", new { label = "Laptop", protocols = new[] { "smtp" } });
        var (username, password) = (device.GetProperty("username").GetString()!, device.GetProperty("password").GetString()!);
        // As it is told, without its hyphens as it may be typed, and as AUTH PLAIN carries it.
        string[] login = [password, password.Replace("-", "", StringComparison.Ordinal), Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0{username}\0{password}"))];

        await SendAsync(portal.IntakePort, markers);
        await SubmitAsync(portal.SubmissionTlsPort, username, password, markers, expected: 250);
        // What is turned away after DATA was in our hands too, and must leave as little.
        await SendRefusedAsync(portal.IntakePort, markers, lineEnd: @"\n", expected: 5);
        await SubmitAsync(portal.SubmissionTlsPort, username, password, markers, expected: 550, from: "otto@sender.example");
        await ExecuteAsync(portal, """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON encrypted_emails FOR EACH ROW EXECUTE FUNCTION full_disk()
            """);
        await SendRefusedAsync(portal.IntakePort, markers, lineEnd: @"\r\n", expected: 4);
        await SubmitAsync(portal.SubmissionTlsPort, username, password, markers, expected: 452);
        await PlantAsync(portal, plant);

        Assert.Equal(Mails + 1, await CountAsync(portal, vaultbox));
        var found = await SearchAsync(portal, [.. markers, .. login, plant]);
        Assert.Contains(found, hit => hit.Contains(plant[..6], StringComparison.Ordinal));
        Assert.DoesNotContain(found, hit => !hit.Contains(plant[..6], StringComparison.Ordinal));
    }

    /// <summary>Header, text and attachment each carry a marker of their own.</summary>
    private static Task SendAsync(int port, string[] markers) => Tool.RunAsync("python3", ["-c", $"""
        import smtplib
        from email.message import EmailMessage
        with smtplib.SMTP('127.0.0.1', {port}) as client:
            for i in range({Mails}):
                m = EmailMessage()
                m['From'], m['To'], m['Subject'] = 'otto@sender.example', 'mara@vault.test', 'About {markers[0]} ' + str(i)
                m['Message-ID'] = f'<%d.canary@sender.example>' % i
                m.set_content('The word is {markers[1]}.\n')
                m.add_attachment(b'{markers[2]}' * 50, maintype='application', subtype='octet-stream', filename='a.bin')
                client.send_message(m)
        """]);

    /// <param name="lineEnd">As a Python escape.</param>
    /// <param name="expected">First digit of the reply to the dot.</param>
    private static Task SendRefusedAsync(int port, string[] markers, string lineEnd, int expected) => Tool.RunAsync("python3", ["-c", $"""
        import smtplib
        with smtplib.SMTP('127.0.0.1', {port}) as client:
            client.ehlo()
            client.mail('otto@sender.example')
            client.rcpt('mara@vault.test')
            client.docmd('DATA')
            client.send(b'Subject: {markers[0]}\r\n\r\n{markers[1]}{lineEnd}{markers[2]}\r\n.\r\n')
            code, text = client.getreply()
            assert code // 100 == {expected}, (code, text)
        """]);

    /// <summary>Hands in a message with the markers, after the password was tried with a name that nobody has.</summary>
    /// <param name="expected">Code of the reply to the dot.</param>
    /// <param name="from">In the header; null: the vaultbox's own.</param>
    private static Task SubmitAsync(int port, string username, string password, string[] markers, int expected, string? from = null) => Tool.RunAsync("python3", ["-c", $"""
        import smtplib, ssl
        from email.message import EmailMessage
        from email.policy import SMTP
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        m = EmailMessage()
        m['From'], m['To'], m['Subject'] = '{from ?? "mara@vault.test"}', 'mara@vault.test', 'About {markers[0]}'
        m.set_content('The word is {markers[1]}.\n')
        m.add_attachment(b'{markers[2]}' * 50, maintype='application', subtype='octet-stream', filename='a.bin')
        with smtplib.SMTP_SSL('127.0.0.1', {port}, context=context) as client:
            try:
                client.login('{username}x', '{password}')
                raise SystemExit('signed in with a name that nobody has')
            except smtplib.SMTPAuthenticationError as refused:
                assert refused.smtp_code == 535, refused
            client.login('{username}', '{password}')
            client.mail('mara@vault.test')
            client.rcpt('mara@vault.test')
            try:
                code, text = client.data(m.as_bytes(policy=SMTP))
            except smtplib.SMTPDataError as refused:
                code, text = refused.smtp_code, refused.smtp_error
            assert code == {expected}, (code, text)
        """]);

    /// <summary>A leak that the search must find: text in a table, and so in the write-ahead log.</summary>
    private static Task PlantAsync(PortalProcess portal, string plant) =>
        ExecuteAsync(portal, $"CREATE TABLE planted AS SELECT '{plant}' AS leak; CHECKPOINT");

    private static async Task ExecuteAsync(PortalProcess portal, string sql)
    {
        await using var connection = new NpgsqlConnection(portal.SuperuserConnectionString("motorical_encrypted_imap"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
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
        var needles = Encodings.Of(canaries);
        var hits = new List<string>();
        hits.AddRange(Encodings.Find(Encoding.UTF8.GetBytes(portal.Output), needles).Select(hit => $"output: {hit}"));
        // Regular files only: a socket cannot be read, and the portal's lock is held and empty.
        var listed = await Tool.RunAsync("find", ["-L", portal.DataDirectory, "-type", "f", "-not", "-path", "*/run/lock", "-print0"]);
        var temporary = await Tool.RunAsync("find", [Path.GetTempPath(), "/dev/shm", "-maxdepth", "1", "-type", "f", "-print0"]);
        foreach (var file in Encoding.UTF8.GetString([.. listed, .. temporary]).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = await ReadAsync(file);
            hits.AddRange(Encodings.Find(bytes, needles).Select(hit => $"{file}: {hit}"));
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
