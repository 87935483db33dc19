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

    /// <summary>How many messages are in it. Kept by the database's own triggers, so that nobody counts them one by one.</summary>
    public long MessageCount { get; init; }

    /// <summary>Octets of their sealed form, kept in the same way.</summary>
    public long Octets { get; init; }
}
