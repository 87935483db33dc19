using System.Buffers;
using System.Net;

namespace Portal.Vault.Intake;

/// <summary>Who handed a message over, for the trace header and the log.</summary>
/// <param name="Name">What the peer called itself; letters, digits and <c>.-_:[]</c> only.</param>
/// <param name="Tls">TLS version, null in clear.</param>
public sealed record IntakePeer(IPAddress Address, string? Name, bool IsEsmtp, string? Tls)
{
    /// <summary>
    /// A user of ours who signed in to send it. Where from is nothing for the recipient to know: neither the trace header nor the rows of
    /// the recipient's log tell it.
    /// </summary>
    public bool IsAuthenticated { get; init; }
}

/// <summary>One transaction's message, ready to be sealed and stored.</summary>
/// <param name="Sender">Envelope sender; empty for the null reverse-path.</param>
/// <param name="Recipients">At least one.</param>
/// <param name="Content">The message as sent, CRLF line endings; read during the call only.</param>
/// <param name="PassportId">Joins the log rows of this attempt.</param>
public sealed record IntakeEnvelope(
    IntakePeer Peer, string Sender, IReadOnlyList<IntakeRecipient> Recipients, ReadOnlySequence<byte> Content, Guid PassportId)
{
    /// <summary>What tells a retry from a new message. Not the content, where what is added to it differs at each try.</summary>
    public ReadOnlySequence<byte> Identity { get; init; } = Content;
}
