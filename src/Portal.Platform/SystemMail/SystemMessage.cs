namespace Portal.Platform.SystemMail;

/// <summary>Where a message of the portal's own stands.</summary>
public enum SystemMessageState
{
    /// <summary>Waits for its next try.</summary>
    Queued,

    /// <summary>Taken by the smart host.</summary>
    Sent,

    /// <summary>The recipient's vaultbox is here: sealed into it.</summary>
    Sealed,

    /// <summary>Nothing is configured to send it: shown to the admin until it expires.</summary>
    Held,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>
/// A message of the portal's own, as a link to prove an address. It is written in the transaction of the act that it tells of, so that
/// neither is without the other, and sent after that. Never mail of a user.
/// </summary>
public sealed class SystemMessage
{
    public Guid Id { get; set; }

    /// <summary>Which template, as <c>verify-email</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The recipient, in the one spelling of addresses.</summary>
    public required string Recipient { get; set; }

    public required string Subject { get; set; }

    /// <summary>The two bodies as UTF-8 JSON <c>{"text","html"}</c>, encrypted by Data Protection since a link in them is a credential; null once it has arrived or expired.</summary>
    public byte[]? ProtectedBody { get; set; }

    public SystemMessageState State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>The last fault in words for the admin.</summary>
    public string? LastError { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>What it tells is void from then on: it is not sent any more and its body goes.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? DoneAt { get; set; }
}
