namespace Portal.Vault.Vaultboxes;

/// <summary>A vaultbox as its owner sees it.</summary>
/// <param name="KeyCount">Active mail certificates, expired ones included.</param>
/// <param name="NeedsKey">No certificate can be sealed to now, so mail is held up with 451.</param>
/// <param name="HasPortalKey">Whether the browser can open lists.</param>
/// <param name="ExpiresAt">When the last of the active mail certificates ends, grace not counted.</param>
/// <param name="StoredBytes">Octets of sealed mail.</param>
public sealed record VaultboxView(
    Guid Id,
    string Domain,
    string Name,
    string Alias,
    string Address,
    string Status,
    DateTimeOffset CreatedAt,
    long MessageCount,
    long StoredBytes,
    DateTimeOffset? LastMailAt,
    int KeyCount,
    bool NeedsKey,
    bool HasPortalKey,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>open, baseline, shy or blind.</summary>
    public string HeaderPolicy { get; init; } = HeaderPolicyNames.Shy;

    /// <summary>aes-256-cbc or aes-256-gcm.</summary>
    public string Cipher { get; init; } = VaultboxCiphers.Aes256Cbc;

    /// <summary>seal or leave.</summary>
    public string EncryptedMail { get; init; } = EncryptedMailPolicies.Seal;

    /// <summary>full, domain or none.</summary>
    public string MetadataPolicy { get; init; } = MetadataPolicies.Full;

    public VaultboxLimits Limits { get; init; } = new();

    /// <summary>When the status became what it is; null: as it was made.</summary>
    public DateTimeOffset? StatusChangedAt { get; init; }

    /// <summary>Messages of the last 24 hours.</summary>
    public long MessagesLastDay { get; init; }

    /// <summary>The active mail certificate that ends first.</summary>
    public VaultboxExpiry? NextExpiry { get; init; }

    /// <summary>Devices that are not revoked, those that open every vaultbox of the owner included.</summary>
    public VaultboxDevices Devices { get; init; } = new(0, 0, 0, null);

    /// <summary>Deliveries that wait at their senders for a key; null while it takes mail.</summary>
    public WaitingDeliveries? Waiting { get; init; }

    /// <summary>Of a deleted one.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Of a deleted one: until when it can be restored; then it is destroyed.</summary>
    public DateTimeOffset? RestorableUntil { get; init; }
}

/// <param name="Name">What the owner calls the certificate.</param>
public sealed record VaultboxExpiry(string Name, DateTimeOffset At);

/// <param name="SeenLately">Used within the last 7 days.</param>
/// <param name="Rotating">Whose password before works beside the new one.</param>
/// <param name="LastSeenAt">The latest use of any.</param>
public sealed record VaultboxDevices(int Count, int SeenLately, int Rotating, DateTimeOffset? LastSeenAt);

/// <param name="Count">Pairs of sender and address that were told to try again within the last 5 days, as the processing log knows them.</param>
/// <param name="Since">When the first of them tried.</param>
public sealed record WaitingDeliveries(long Count, DateTimeOffset Since)
{
    /// <summary>How long servers commonly go on trying (RFC 5321 section 4.5.4.1).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    /// <summary>When the first of them may give up.</summary>
    public DateTimeOffset Until => Since + Patience;
}

/// <summary>One page of a list; <paramref name="Next"/> is the cursor of the page after it, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
