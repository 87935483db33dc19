using System.Buffers;

namespace Portal.Smime;

/// <summary>One message to be sealed for one vaultbox.</summary>
public sealed record SealingRequest
{
    /// <summary>The message as it arrived, dot-unstuffed. Read during the call only; never copied whole.</summary>
    public required ReadOnlySequence<byte> Original { get; init; }

    /// <summary>Our complete <c>Received:</c> and <c>Authentication-Results:</c> fields, each ended by CRLF; may be empty.</summary>
    public required string TraceHeaders { get; init; }

    /// <summary>The mail certificates to seal for: at least one, and all of one family.</summary>
    public required IReadOnlyList<MailCertificate> Recipients { get; init; }

    /// <summary>What stays readable outside.</summary>
    public HeaderPolicy Policy { get; init; } = HeaderPolicy.Shy;

    /// <summary>How the certificates are named.</summary>
    public RecipientNaming RecipientNaming { get; init; }

    /// <summary>What it is encrypted with.</summary>
    public ContentCipher Cipher { get; init; } = ContentCipher.Aes256Cbc;

    /// <summary>The vaultbox that receives; bound into the summary.</summary>
    public required Guid VaultboxId { get; init; }

    /// <summary>Our id of the message; bound into the summary.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The vaultbox's primary address, whatever the message was written to: an addr-spec. All of it that <see cref="HeaderPolicy.Blind"/> shows.</summary>
    public required string VaultboxAddress { get; init; }

    /// <summary>When we received it; the outer Date if the message has none that can be read, and always by <see cref="HeaderPolicy.Blind"/>.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Null when the vaultbox has none: then no summary is made.</summary>
    public PortalKey? PortalKey { get; init; }
}
