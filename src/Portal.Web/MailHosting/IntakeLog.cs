using Portal.Mail.Backends;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.MailHosting;

/// <summary>Rows of the processing log for what was turned away: no transaction stores them, so they go through the writer's ring.</summary>
internal sealed class IntakeLog(ProcessingLogWriter writer, DeliveryDigest digest, TimeProvider time)
{
    public void RecipientTurnedAway(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, IntakeRecipient? known, SmtpReply reply, string reason) =>
        writer.Write(Row(
            Guid.CreateVersion7(),
            peer,
            reply,
            reason,
            SenderPolicy.Apply(known?.MetadataPolicy ?? "domain", sender.Address),
            known?.Address ?? $"{recipient.LocalPart}@{recipient.Domain}",
            known,
            attempt: digest.OfAttempt(peer.Address, sender.Address, known?.Address ?? $"{recipient.LocalPart}@{recipient.Domain}")));

    public void DeliveryTurnedAway(IntakeEnvelope envelope, SmtpReply reply, string? reason)
    {
        var peer = new SmtpPeer(envelope.PassportId, envelope.Peer.Address, envelope.Peer.Name, envelope.Peer.IsEsmtp, envelope.Peer.Tls);
        foreach (var recipient in envelope.Recipients)
        {
            writer.Write(Row(envelope.PassportId, peer, reply, reason, SenderPolicy.Apply(recipient.MetadataPolicy, envelope.Sender),
                recipient.Address, recipient, envelope.Content.Length,
                digest.OfAttempt(peer.Address, envelope.Sender, recipient.Address)));
        }
    }

    public void Observed(SmtpObservation observation)
    {
        if (observation.Kind != SmtpObservationKind.Refused)
            return;
        var reason = observation.Command is null ? observation.Reason : $"{observation.Command}: {observation.Reason}";
        var recipients = observation.Transaction?.Recipients.Select(r => (IntakeRecipient?)r.Tag).ToList() ?? [];
        if (recipients.Count == 0)
            recipients.Add(null);
        var passportId = Guid.CreateVersion7();
        foreach (var known in recipients)
        {
            var sender = observation.Transaction is { } transaction ? SenderPolicy.Apply(known?.MetadataPolicy ?? "domain", transaction.Sender.Address) : null;
            writer.Write(Row(passportId, observation.Peer, observation.Reply, reason, sender, known?.Address, known));
        }
    }

    private ProcessingLogEntry Row(
        Guid passportId, SmtpPeer peer, SmtpReply? reply, string? reason, string? sender, string? recipient, IntakeRecipient? known, long? size = null,
        byte[]? attempt = null)
    {
        var isPermanent = reply is { Code: >= 500 };
        return new ProcessingLogEntry
        {
            OccurredAt = time.GetUtcNow(),
            PassportId = passportId,
            VaultboxId = known?.VaultboxId,
            UserId = known?.UserId,
            Stage = isPermanent ? LogStages.Refused : LogStages.Deferred,
            Outcome = isPermanent ? LogOutcomes.Refused : LogOutcomes.Deferred,
            SmtpCode = reply?.Code,
            EnhancedCode = reply?.Enhanced?.ToString(),
            Reason = LogText.Cap(reason, 500),
            PeerIp = peer.Address,
            PeerName = LogText.Cap(peer.HeloName, 255),
            Tls = peer.TlsProtocol,
            SizeBytes = size,
            Sender = LogText.Address(sender),
            Recipient = LogText.Address(recipient),
            AttemptDigest = attempt,
            Instance = writer.Instance,
        };
    }
}
