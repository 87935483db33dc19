using System.Buffers;
using Portal.Mail.Backends;
using Portal.Vault.Intake;

namespace Portal.Web.MailHosting;

/// <summary>What SMTP intake asks of the vault, in SMTP's words. Our own trouble is always 4xx.</summary>
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

        switch (resolution.Status)
        {
            case RecipientStatus.Deliverable:
                return new RecipientDecision(IntakeReplies.RecipientOk, resolution.Recipient);
            case RecipientStatus.NoCertificate:
                log.RecipientTurnedAway(peer, sender, recipient, resolution.Recipient, IntakeReplies.NoCertificate, "No valid certificate.");
                return new RecipientDecision(IntakeReplies.NoCertificate, null);
            case RecipientStatus.Inactive:
                log.RecipientTurnedAway(peer, sender, recipient, resolution.Recipient, IntakeReplies.Inactive, "The vaultbox takes no mail at present.");
                return new RecipientDecision(IntakeReplies.Inactive, null);
            default:
                var refusal = resolution.DomainIsLocal ? IntakeReplies.UnknownRecipient : IntakeReplies.NotARelay;
                log.RecipientTurnedAway(peer, sender, recipient, null, refusal, resolution.DomainIsLocal ? "No such address." : "Not an open relay.");
                return new RecipientDecision(refusal, null);
        }
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
        if (result.Outcome == DeliveryOutcome.Stored)
            return IntakeReplies.Stored(envelope.PassportId);
        var reply = (result.Outcome == DeliveryOutcome.OutOfSpace ? IntakeReplies.OutOfSpace : IntakeReplies.TryLater) with { PrivateCause = result.Reason };
        log.DeliveryDeferred(envelope, reply, result.Reason);
        return reply;
    }

    public void Observe(SmtpObservation observation) => log.Observed(observation);
}
