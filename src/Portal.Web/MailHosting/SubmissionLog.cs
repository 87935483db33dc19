using System.Globalization;
using Portal.Mail.Backends;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;
using Portal.Web.MailAuthentication;

namespace Portal.Web.MailHosting;

/// <summary>
/// Rows of the processing log for what users hand in. They are the sender's rows: the recipient's are written with the delivery and say
/// nothing of where the message came from.
/// </summary>
internal sealed class SubmissionLog(ProcessingLogWriter writer, TimeProvider time)
{
    private const int NameLength = 255;

    /// <summary>
    /// Attempts that could not be checked, and those that repeat what was refused a moment ago, leave no row: a flood of them would be all
    /// that the log holds. The metrics count them.
    /// </summary>
    public void SignInTurnedAway(SmtpPeer peer, SignInResult result, string name, SmtpReply reply)
    {
        if (result is { Verdict: SignInVerdict.TooMany or SignInVerdict.Busy or SignInVerdict.Unavailable } or { IsRepeated: true })
            return;
        writer.Write(Row(Guid.CreateVersion7(), peer, reply, reply.Text, result.Credential?.VaultboxId, result.Credential?.UserId, name));
    }

    public void SenderTurnedAway(SmtpPeer peer, MailSender sender, SmtpReply reply) =>
        writer.Write(Row(Guid.CreateVersion7(), peer, reply, reply.Text, sender: sender.Address));

    public void RecipientTurnedAway(SmtpPeer peer, MailSender sender, string recipient, SmtpReply reply) =>
        writer.Write(Row(Guid.CreateVersion7(), peer, reply, reply.Text, sender: sender.Address, recipient: recipient));

    /// <summary>
    /// A message was taken, or not, after its data. The row names the recipient and shares the passport of the recipient's rows only where
    /// every recipient lets the sender be written down.
    /// </summary>
    public void Submitted(MailTransaction transaction, Guid passportId, long size, SmtpReply reply)
    {
        var recipients = transaction.Recipients;
        var first = recipients[0].Address;
        var isTold = recipients.All(recipient => recipient.Tag is IntakeRecipient { MetadataPolicy: SenderPolicy.Full });
        writer.Write(Row(
            isTold ? passportId : Guid.CreateVersion7(),
            transaction.Peer,
            reply,
            reply.IsPositive ? string.Create(CultureInfo.InvariantCulture, $"To {recipients.Count} of our own addresses.") : reply.PrivateCause ?? reply.Text,
            sender: transaction.Sender.Address,
            recipient: isTold && recipients.Count == 1 ? $"{first.LocalPart}@{first.Domain}" : null,
            size: size));
    }

    public void Observed(SmtpObservation observation)
    {
        // A refused sign-in has its row already, or wants none.
        if (observation is not { Kind: SmtpObservationKind.Refused } || string.Equals(observation.Reason, "auth_failed", StringComparison.Ordinal))
            return;
        var reason = observation.Command is null ? observation.Reason : $"{observation.Command}: {observation.Reason}";
        writer.Write(Row(Guid.CreateVersion7(), observation.Peer, observation.Reply, reason, sender: observation.Transaction?.Sender.Address));
    }

    private ProcessingLogEntry Row(
        Guid passportId, SmtpPeer peer, SmtpReply? reply, string reason, string? sender = null, string? recipient = null, long? size = null)
    {
        var credential = (peer.Login?.Tag as LiveSignIn)?.Credential;
        return Row(passportId, peer, reply, reason, credential?.VaultboxId, credential?.UserId, peer.Login?.Username, sender, recipient, size);
    }

    private ProcessingLogEntry Row(
        Guid passportId,
        SmtpPeer peer,
        SmtpReply? reply,
        string reason,
        Guid? vaultboxId,
        Guid? userId,
        string? authenticatedAs,
        string? sender = null,
        string? recipient = null,
        long? size = null)
    {
        var (stage, outcome) = reply switch
        {
            { IsPositive: true } => (LogStages.Accepted, LogOutcomes.Ok),
            { Code: >= 500 } => (LogStages.Refused, LogOutcomes.Refused),
            _ => (LogStages.Deferred, LogOutcomes.Deferred),
        };
        return new ProcessingLogEntry
        {
            OccurredAt = time.GetUtcNow(),
            PassportId = passportId,
            VaultboxId = vaultboxId,
            UserId = userId,
            Stage = stage,
            Outcome = outcome,
            SmtpCode = reply?.Code,
            EnhancedCode = reply?.Enhanced?.ToString(),
            Reason = LogText.Cap(reason, 500),
            PeerIp = peer.Address,
            PeerName = LogText.Cap(peer.HeloName, NameLength),
            Tls = peer.TlsProtocol,
            AuthenticatedAs = LogText.Cap(authenticatedAs, NameLength),
            SizeBytes = size,
            Sender = LogText.Address(sender),
            Recipient = LogText.Address(recipient),
            Instance = writer.Instance,
        };
    }
}
