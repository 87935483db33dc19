using System.Buffers;

namespace Portal.Mail.Backends;

/// <summary>The host's answer to RCPT.</summary>
/// <param name="Reply">The recipient is accepted if and only if this is 2xx.</param>
/// <param name="Tag">Comes back in the transaction's <see cref="AcceptedRecipient"/>.</param>
public sealed record RecipientDecision(SmtpReply Reply, object? Tag);

/// <summary>
/// What every SMTP server here asks of its host. One instance serves all sessions at once.
/// An exception becomes <c>451 4.3.0</c> with bland text; nothing of it reaches the peer.
/// Tokens fire when <c>BackendTimeout</c> is over; a peer that hangs up does not cancel a call.
/// </summary>
public interface ISmtpBackend
{
    /// <summary>Asked once for each well-formed RCPT within the limits.</summary>
    ValueTask<RecipientDecision> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient, CancellationToken cancellationToken);

    /// <summary>Called after the end of data. A 2xx reply means the message is safe with the host.</summary>
    /// <param name="transaction">At least one accepted recipient.</param>
    /// <param name="content">The message with dot-stuffing undone, every line ended by CRLF, free of bare CR, bare LF and NUL.
    /// Valid only during the call: the memory is zeroed and reused afterwards.</param>
    ValueTask<SmtpReply> DeliverAsync(
        MailTransaction transaction, ReadOnlySequence<byte> content, CancellationToken cancellationToken);

    /// <summary>Told of connections and of every refusal the protocol makes by itself. Must not block.</summary>
    void Observe(SmtpObservation observation);
}
