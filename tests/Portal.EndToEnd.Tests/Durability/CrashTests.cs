using System.Net.Sockets;
using System.Text;
using Npgsql;
using Portal.EndToEnd.Tests.Support;

namespace Portal.EndToEnd.Tests.Durability;

/// <summary>kill -9 between the dot and the 250: nothing was promised, nothing is kept, and a retry makes exactly one message.</summary>
public sealed class CrashTests
{
    private const string Mail = "From: otto@sender.example\r\nTo: mara@vault.test\r\nSubject: Crash\r\nMessage-ID: <crash@sender.example>\r\n\r\nText\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_BetweenDotAndReply_RetryStoresOne()
    {
        await using var portal = await PortalProcess.StartAsync();
        var account = await TestAccount.AddAsync(portal, "mara@people.test");
        await portal.VerbAsync(["domain", "add", "vault.test", "--owner", account.Email, "--verified"]);
        var vaultbox = await account.NewVaultboxAsync("mara", new TestKey("mara@vault.test"));

        // The delivery waits for its mailbox row inside the storing transaction, after the dot and before COMMIT.
        await using (var holder = await OpenAsync(portal))
        {
            await using var held = await holder.BeginTransactionAsync(Cancel);
            await ExecuteAsync(holder, $"SELECT 1 FROM mailboxes WHERE vaultbox_id = '{vaultbox}' FOR UPDATE");
            using var client = await DotSentAsync(portal.IntakePort);
            await WaitForLockAsync(portal);
            await portal.KillAsync();
            Assert.Equal(0, await ReadAsync(client));
        }

        await portal.UpAsync();
        Assert.Equal(0, await CountAsync(portal));
        await SendAsync(portal.IntakePort);
        Assert.Equal(1, await CountAsync(portal));
    }

    [Fact]
    public async Task Killed_AfterCommit_RetryStoresOneAndIsAnswered250()
    {
        await using var portal = await PortalProcess.StartAsync();
        var account = await TestAccount.AddAsync(portal, "mara@people.test");
        await portal.VerbAsync(["domain", "add", "vault.test", "--owner", account.Email, "--verified"]);
        await account.NewVaultboxAsync("mara", new TestKey("mara@vault.test"));

        await SendAsync(portal.IntakePort);
        await portal.KillAsync();
        await portal.UpAsync();
        await SendAsync(portal.IntakePort);

        Assert.Equal(1, await CountAsync(portal));
    }

    private static Task SendAsync(int port) => Tool.RunAsync("python3", ["-c", $"""
        import smtplib, sys
        with smtplib.SMTP('127.0.0.1', {port}) as client:
            client.sendmail('otto@sender.example', ['mara@vault.test'], sys.stdin.buffer.read())
        """], Encoding.ASCII.GetBytes(Mail));

    /// <summary>A dialogue up to and with the dot; its reply is not waited for.</summary>
    private static async Task<TcpClient> DotSentAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Cancel);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
        await reader.ReadLineAsync(Cancel);
        foreach (var command in new[] { "HELO sender.example", "MAIL FROM:<otto@sender.example>", "RCPT TO:<mara@vault.test>", "DATA" })
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), Cancel);
            var reply = await reader.ReadLineAsync(Cancel);
            Assert.True(reply is ['2' or '3', ..], reply);
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Mail + ".\r\n"), Cancel);
        return client;
    }

    /// <returns>0 when the connection ended without another byte.</returns>
    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Cancel);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task WaitForLockAsync(PortalProcess portal)
    {
        await using var watcher = await OpenAsync(portal);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await ScalarAsync(watcher, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    private static async Task<long> CountAsync(PortalProcess portal)
    {
        await using var connection = await OpenAsync(portal);
        return await ScalarAsync(connection, "SELECT count(*) FROM encrypted_emails");
    }

    private static async Task<NpgsqlConnection> OpenAsync(PortalProcess portal)
    {
        var connection = new NpgsqlConnection(portal.SuperuserConnectionString("motorical_encrypted_imap"));
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
