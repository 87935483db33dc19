using System.Buffers;
using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;
using Portal.Mail.Backends;
using Portal.Vault.Intake;
using Portal.Web.Hosting;

namespace Portal.Web.SystemMail;

/// <summary>
/// Messages to addresses that are vaultboxes of this installation: they take the way of any mail from RCPT on, so they are sealed before
/// they are stored, and leave the same rows in the processing log. No socket is between: an instance without a listener can do it too.
/// </summary>
internal sealed class LocalVaultboxes(
    ResolveRecipient resolveRecipient, IIntakeBackend intake, SystemMailComposer composer, IOptions<PortalOptions> portal)
{
    private static readonly FormatOptions OnTheWire = CreateFormat();

    /// <returns>Null when the recipient has no vaultbox here.</returns>
    public async Task<DeliveryReport?> DeliverAsync(string recipient, MimeMessage message, CancellationToken cancellationToken)
    {
        var at = recipient.LastIndexOf('@');
        var address = new RecipientAddress(recipient[..at], recipient[(at + 1)..]);
        try
        {
            var known = await resolveRecipient.HandleAsync(address.LocalPart, address.Domain, cancellationToken);
            return known.Status == RecipientStatus.Unknown ? null : await HandOverAsync(address, message, cancellationToken);
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            return DeliveryReport.TryLater("The vault database did not answer.");
        }
    }

    private async Task<DeliveryReport> HandOverAsync(RecipientAddress address, MimeMessage message, CancellationToken cancellationToken)
    {
        var peer = new SmtpPeer(Guid.NewGuid(), IPAddress.Loopback, portal.Value.HostName, IsEsmtp: true, TlsProtocol: null);
        var sender = new MailSender(composer.Sender.Address, DeclaredSize: null, EightBit: false, SmtpUtf8: false);
        var decision = await intake.AcceptRecipientAsync(peer, sender, address, cancellationToken);
        if (!decision.Reply.IsPositive)
            return Report(decision.Reply);
        using var content = new MemoryStream();
        await message.WriteToAsync(OnTheWire, content, cancellationToken);
        var transaction = new MailTransaction(peer, sender, [new AcceptedRecipient(address, decision.Tag)]);
        return Report(await intake.DeliverAsync(transaction, new ReadOnlySequence<byte>(content.GetBuffer(), 0, (int)content.Length), cancellationToken));
    }

    private static DeliveryReport Report(SmtpReply reply) => reply.IsPositive
        ? DeliveryReport.Arrived
        : new DeliveryReport(reply.Code >= 500 ? DeliveryResult.Refused : DeliveryResult.TryLater, $"This portal's own intake: {reply.Code} {reply.Enhanced} {reply.Text}");

    private static FormatOptions CreateFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        return format;
    }
}
