using System.Buffers;
using Portal.Mail.Backends;
using Portal.Vault.Intake;

namespace Portal.Web.MailHosting;

/// <summary>What SMTP intake asks of the vault, in SMTP's words. Our own trouble is always 4xx; 5xx is what stays so.</summary>
internal sealed class IntakeBackend(ResolveRecipient resolveRecipient, DeliverMessage deliverMessage, IntakeLog log) : IIntakeBackend
{
    public async ValueTask<RecipientDecision> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, CancellationToken cancellationToken)
    {
        RecipientResolution resolution;
        try
        {
            resolution = await resolveRecipient.HandleAsync(recipient.LocalPart, recipient.Domain, cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            var reply = IntakeReplies.DatabaseAway with { PrivateCause = e.GetType().Name };
            log.RecipientTurnedAway(peer, sender, recipient, null, reply, "The vault database did not answer.");
            return new RecipientDecision(reply, null);
        }

        var (answer, reason) = IntakeReplies.Of(resolution);
        if (answer.IsPositive)
            return new RecipientDecision(answer, resolution.Recipient);
        log.RecipientTurnedAway(peer, sender, recipient, resolution.Recipient, answer, reason);
        return new RecipientDecision(answer, null);
    }

    public async ValueTask<SmtpReply> DeliverAsync(MailTransaction transaction, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        var peer = transaction.Peer;
        var envelope = new IntakeEnvelope(
            new IntakePeer(peer.Address, peer.HeloName, peer.IsEsmtp, peer.TlsProtocol),
            transaction.Sender.Address,
            [.. transaction.Recipients.Select(r => (IntakeRecipient)r.Tag!)],
            content,
            Guid.CreateVersion7());
        var result = await deliverMessage.HandleAsync(envelope, cancellationToken);
        var reply = IntakeReplies.Of(result, envelope.PassportId);
        if (reply.IsPositive)
            return reply;
        log.DeliveryTurnedAway(envelope, reply, result.Reason);
        return reply;
    }

    public void Observe(SmtpObservation observation) => log.Observed(observation);
}
