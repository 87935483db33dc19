using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Portal.Mail.Backends;
using Portal.Vault;
using Portal.Vault.Vaultboxes;
using Portal.Web.Hosting;

namespace Portal.Web.MailHosting;

public sealed record SendTestMailRequest(VaultActor Actor, Guid VaultboxId);

/// <param name="Reply">What intake answered, such as <c>2.0.0 Sealed and stored as …</c>.</param>
public sealed record SentTestMail(string Subject, string Reply);

/// <summary>Sends a mail from the vaultbox's address to itself through our own intake: a real SMTP dialogue, with TLS.</summary>
public sealed class SendTestMail(GetVaultbox getVaultbox, IOptions<ListenerOptions> listen, ITlsCertificateSource certificates, TimeProvider time)
{
    public async Task<VaultResult<SentTestMail>> HandleAsync(SendTestMailRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var vaultbox = await getVaultbox.HandleAsync(new GetVaultboxRequest(request.Actor, request.VaultboxId), cancellationToken);
        if (!vaultbox.Succeeded)
            return vaultbox.Problem;
        var now = time.GetUtcNow();
        var subject = string.Create(CultureInfo.InvariantCulture, $"Test mail to myself, {now:HH:mm:ss}");
        using var message = Compose(vaultbox.Value.Address, subject, now);
        using var client = new SmtpClient();
        // Our own certificate is self-signed until the operator brings one: what counts is that it is ours.
        client.ServerCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificates.Current is { } own && own.RawDataMemory.Span.SequenceEqual(certificate.GetRawCertData());
        try
        {
            await client.ConnectAsync("127.0.0.1", listen.Value.IntakePort, SecureSocketOptions.StartTlsWhenAvailable, cancellationToken);
            var reply = await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
            return new SentTestMail(subject, reply);
        }
        catch (Exception e) when (e is CommandException or ProtocolException or SocketException or IOException or AuthenticationException or SslHandshakeException)
        {
            return VaultProblem.Conflict("test_mail_not_accepted", $"The mail was not accepted: {e.Message}");
        }
    }

    private static MimeMessage Compose(string address, string subject, DateTimeOffset now)
    {
        var message = new MimeMessage
        {
            Subject = subject,
            Date = now,
            Body = new TextPart("plain")
            {
                Text = "This mail came in by SMTP like any other. It was sealed to your key before it was written to disk.\r\n" +
                    "If you can read this, your key works.\r\n",
            },
        };
        message.From.Add(new MailboxAddress("Vaultbox test", address));
        message.To.Add(new MailboxAddress(string.Empty, address));
        return message;
    }
}
