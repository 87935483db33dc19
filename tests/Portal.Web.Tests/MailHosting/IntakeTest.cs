using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Mail.Backends;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;
using Portal.Web.Hosting;
using Portal.Web.MailHosting;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>A mail server that hands over mail, over the real socket, and what the log says of it.</summary>
public abstract class IntakeTest(MailWorld world)
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected MailWorld World => world;

    protected int IntakePort => world.Services.GetRequiredService<IOptions<ListenerOptions>>().Value.IntakePort;

    protected async Task SendAsync(string to)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        await client.ConnectAsync(IPAddress.Loopback.ToString(), IntakePort, SecureSocketOptions.None, Cancel);
        await client.SendAsync(world.Message("otto@example.org", to), Cancel);
    }

    /// <summary>The reason that the log gives for it: rows of refusals are written behind the reply, by a writer of the test's own here.</summary>
    protected async Task<string?> LoggedAsync(string local, string domain)
    {
        using var writer = ActivatorUtilities.CreateInstance<ProcessingLogWriter>(world.Services);
        var intake = new IntakeBackend(
            world.Services.GetRequiredService<ResolveRecipient>(), world.Services.GetRequiredService<DeliverMessage>(),
            new IntakeLog(writer, world.Services.GetRequiredService<DeliveryDigest>(), TimeProvider.System));
        var peer = new SmtpPeer(Guid.NewGuid(), IPAddress.Loopback, "mx.example.org", IsEsmtp: true, TlsProtocol: null);
        await intake.AcceptRecipientAsync(
            peer, new MailSender("otto@example.org", DeclaredSize: null, EightBit: false, SmtpUtf8: false), new RecipientAddress(local, domain), Cancel);
        await writer.StartAsync(Cancel);
        await writer.StopAsync(Cancel);
        return await world.World.Vault.ScalarAsync<string>($"SELECT reason FROM email_processing_logs WHERE recipient = '{local}@{domain}'");
    }

    /// <summary>A sending server, line by line, in clear.</summary>
    protected sealed class PlainSession(TcpClient tcp) : IAsyncDisposable
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
        public Task<string> SayAsync(string line) => SayAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

        /// <inheritdoc cref="SayAsync(string)"/>
        public async Task<string> SayAsync(ReadOnlyMemory<byte> octets)
        {
            await stream.WriteAsync(octets, Cancel);
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
