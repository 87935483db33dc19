namespace Portal.Vault.Messages;

/// <summary>A sealed message: what is kept of a mail after its 250.</summary>
public sealed class EncryptedEmail
{
    public required Guid Id { get; init; }

    public required Guid VaultboxId { get; init; }

    public required Guid MailboxId { get; init; }

    /// <summary>IMAP UID within the mailbox (RFC 9051 section 2.3.1.1).</summary>
    public required long Uid { get; init; }

    public required long ModSeq { get; set; }

    /// <summary>The sender's Message-ID when the header policy leaves it outside, else our own.</summary>
    public required string MessageId { get; init; }

    /// <summary>Envelope sender by the vaultbox's metadata policy: address, domain or null.</summary>
    public string? Sender { get; init; }

    /// <summary>The address it arrived through.</summary>
    public required string Recipient { get; init; }

    /// <summary>The sealed summary (HPKE), null when the vaultbox has no portal key.</summary>
    public byte[]? SubjectEncrypted { get; init; }

    /// <summary>The CMS message, DER.</summary>
    public required byte[] BodyEncrypted { get; init; }

    public required string EncryptionMethod { get; init; }

    /// <summary>IMAP flags, such as <c>\Seen</c>.</summary>
    public string[] Flags { get; set; } = [];

    /// <summary>Octets of the DER.</summary>
    public required long Size { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The header block that stands outside, CRLF line endings, without the empty line.</summary>
    public required string OuterHeaders { get; init; }

    /// <summary>Fingerprints (SHA-256, 32 bytes each) of the mail certificates that it was sealed to, sorted.</summary>
    public byte[][] SealedTo { get; init; } = [];

    /// <summary>SHA-256 of the encrypted content, 32 bytes.</summary>
    public required byte[] ContentSha256 { get; init; }

    /// <summary>Compact JWS signed by the installation's receipt key.</summary>
    public required string Receipt { get; init; }

    public required Guid PassportId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ProcessedAt { get; init; }
}
