using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Mail.Backends;
using Portal.Vault.Aliases;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;
using Portal.Web.Hosting;
using Portal.Web.MailHosting;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>What a mail server is told of each kind and state of address, over the real socket.</summary>
[Collection(nameof(MailCollection))]
public sealed class AliasIntakeTests(MailWorld world)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("status = 'paused'", 450, "4.2.1 This address is paused", "The address is paused.")]
    [InlineData("expires_at = now() - interval '1 minute'", 550, "5.1.6 This address was made for a limited time, which is over", "The address has expired.")]
    [InlineData("max_messages = 1, message_count = 1", 550, "5.1.6 This address has taken all the messages that it was made for", "The address has taken all the messages that it may.")]
    [InlineData("max_idle_days = 1, updated_at = now() - interval '1 day'", 550, "5.1.6 This address has ended, since it was not used for a long time", "The address ended because it was not used.")]
    [InlineData("deleted_at = now()", 550, "5.1.1 No such address here", "No such address.")]
    public async Task Recipient_ThatTakesNoMail_IsToldWhyAndSoIsTheLog(string columns, int code, string text, string reason)
    {
        var alias = await AddAsync();
        await world.World.Vault.ExecuteAsync($"UPDATE aliases SET {columns} WHERE id = '{alias.Id}'");

        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync($"{alias.LocalPart}+tag@{alias.Domain}"));

        Assert.Equal((code, text), ((int)refused.StatusCode, refused.Message));
        Assert.Equal(reason, await LoggedAsync($"{alias.LocalPart}+log", alias.Domain));
    }

    [Fact]
    public async Task Recipient_Tagged_IsStoredUnderWhatWasWrittenTo()
    {
        var alias = await AddAsync();

        await SendAsync($"{alias.LocalPart}+News@{alias.Domain}");

        Assert.Equal(1L, await world.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE recipient = '{alias.LocalPart}+news@{alias.Domain}'"));
        Assert.Equal(1L, await world.World.Vault.ScalarAsync<long>($"SELECT message_count FROM aliases WHERE id = '{alias.Id}'"));
    }

    [Fact]
    public async Task Data_AfterTheLastThatItMayTake_IsRefusedAndNotStored()
    {
        var alias = await AddAsync(new(MaxMessages: 1));
        await using var first = await PlainSession.ConnectAsync(IntakePort);
        await using var second = await PlainSession.ConnectAsync(IntakePort);
        foreach (var session in new[] { first, second })
        {
            await session.SayAsync("MAIL FROM:<otto@example.org>");
            Assert.StartsWith("250", await session.SayAsync($"RCPT TO:<{alias.Address}>"), StringComparison.Ordinal);
            Assert.StartsWith("354", await session.SayAsync("DATA"), StringComparison.Ordinal);
        }

        var taken = await first.SayAsync("From: otto@example.org\r\n\r\nOne\r\n.");
        var refused = await second.SayAsync("From: otto@example.org\r\n\r\nTwo\r\n.");

        Assert.StartsWith("250 2.0.0 Sealed and stored", taken, StringComparison.Ordinal);
        Assert.Equal("550 5.1.6 This address has taken all the messages that it was made for", refused);
        Assert.Equal(1L, await world.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE recipient = '{alias.Address}'"));
    }

    [Fact]
    public async Task Submission_WithATagOfAnOwnAddress_IsTakenAndOfAPausedOneNot()
    {
        var device = await world.AddDeviceAsync();
        var alias = await AddAsync();
        using var client = await world.SignInAsync(device.Username, device.Password);

        await client.SendAsync(world.Message($"{alias.LocalPart}+tag@{alias.Domain}"), Cancel);
        await world.Services.GetRequiredService<ChangeAliases>().HandleAsync(new(world.Owner, world.VaultboxId, AliasActions.Pause, [alias.Id]), Cancel);
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(world.Message($"{alias.LocalPart}+tag@{alias.Domain}"), Cancel));

        Assert.Contains("5.7.1 This credential does not send as that address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_ByADeletedAddress_IsRefused()
    {
        var device = await world.AddDeviceAsync();
        var (alias, kept) = (await AddAsync(), await AddAsync());
        await world.Services.GetRequiredService<ChangeAliases>().HandleAsync(new(world.Owner, world.VaultboxId, AliasActions.Delete, [alias.Id]), Cancel);

        await Assert.ThrowsAsync<AuthenticationException>(() => world.SignInAsync(alias.Address, device.Password));
        (await world.SignInAsync(kept.Address, device.Password)).Dispose();
    }

    private int IntakePort => world.Services.GetRequiredService<IOptions<ListenerOptions>>().Value.IntakePort;

    private async Task<AliasView> AddAsync(AliasTerms? terms = null)
    {
        var added = await world.Services.GetRequiredService<AddAlias>().HandleAsync(
            new(world.Owner, world.VaultboxId, "vault.test", $"a{Guid.NewGuid():n}", terms ?? new()), Cancel);
        Assert.True(added.Succeeded, added.Problem?.Detail);
        return added.Value;
    }

    private async Task SendAsync(string to)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        await client.ConnectAsync(IPAddress.Loopback.ToString(), IntakePort, SecureSocketOptions.None, Cancel);
        await client.SendAsync(world.Message("otto@example.org", to), Cancel);
    }

    /// <summary>The reason that the log gives for it: rows of refusals are written behind the reply, by a writer of the test's own here.</summary>
    private async Task<string?> LoggedAsync(string local, string domain)
    {
        using var writer = ActivatorUtilities.CreateInstance<ProcessingLogWriter>(world.Services);
        var intake = new IntakeBackend(
            world.Services.GetRequiredService<ResolveRecipient>(), world.Services.GetRequiredService<DeliverMessage>(), new IntakeLog(writer, TimeProvider.System));
        var peer = new SmtpPeer(Guid.NewGuid(), IPAddress.Loopback, "mx.example.org", IsEsmtp: true, TlsProtocol: null);
        await intake.AcceptRecipientAsync(
            peer, new MailSender("otto@example.org", DeclaredSize: null, EightBit: false, SmtpUtf8: false), new RecipientAddress(local, domain), Cancel);
        await writer.StartAsync(Cancel);
        await writer.StopAsync(Cancel);
        return await world.World.Vault.ScalarAsync<string>($"SELECT reason FROM email_processing_logs WHERE recipient = '{local}@{domain}'");
    }

    /// <summary>A sending server, line by line, in clear.</summary>
    private sealed class PlainSession(TcpClient tcp) : IAsyncDisposable
    {
        private readonly NetworkStream stream = tcp.GetStream();
        private readonly StreamReader reader = new(tcp.GetStream(), Encoding.ASCII);

        public static async Task<PlainSession> ConnectAsync(int port)
        {
            var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, port, Cancel);
            var session = new PlainSession(tcp);
            await session.ReplyAsync();
            await session.SayAsync("EHLO mx.example.org");
            return session;
        }

        /// <returns>The reply's last line.</returns>
        public async Task<string> SayAsync(string line)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), Cancel);
            return await ReplyAsync();
        }

        public async ValueTask DisposeAsync()
        {
            reader.Dispose();
            await stream.DisposeAsync();
            tcp.Dispose();
        }

        private async Task<string> ReplyAsync()
        {
            while (await reader.ReadLineAsync(Cancel) is { } line)
            {
                if (line.Length < 4 || line[3] == ' ')
                    return line;
            }

            return string.Empty;
        }
    }
}
