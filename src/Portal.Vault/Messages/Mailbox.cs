namespace Portal.Vault.Messages;

/// <summary>An IMAP folder of a vaultbox.</summary>
public sealed class Mailbox
{
    public const string Inbox = "INBOX";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid VaultboxId { get; init; }

    public required string Name { get; init; }

    /// <summary>Never changes for the life of the mailbox (RFC 9051 section 2.3.1.1).</summary>
    public required long UidValidity { get; init; }

    public long UidNext { get; init; } = 1;

    public long HighestModSeq { get; init; } = 1;
}
