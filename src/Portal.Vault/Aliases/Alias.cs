namespace Portal.Vault.Aliases;

/// <summary>An address that mail for a vaultbox may arrive through; the primary one is an alias too.</summary>
public sealed class Alias
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid VaultboxId { get; init; }

    /// <summary>Lower-case A-label domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Lower-case local part: matching ignores case. <see cref="CatchAll"/> for a catch-all.</summary>
    public required string LocalPart { get; init; }

    public bool IsPrimary { get; init; }

    public string Kind { get; init; } = AliasKinds.Named;

    /// <summary>What the owner has set; whether it takes mail now also depends on its ends: <see cref="AliasStates"/>.</summary>
    public string Status { get; set; } = AliasStatus.Active;

    public string? Label { get; set; }

    public string? Note { get; set; }

    /// <summary>From then on it takes no mail.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Takes no more messages than these in all, counted from its making.</summary>
    public int? MaxMessages { get; set; }

    /// <summary>Takes no more mail once it had neither mail nor a change by its owner for so many days.</summary>
    public int? MaxIdleDays { get; set; }

    /// <summary>Messages stored through it.</summary>
    public long MessageCount { get; init; }

    /// <summary>When the last message was stored through it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Deleted, but kept for <see cref="PurgeAliases.Kept"/>: nobody can take the address, and it can be restored.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The owner's last change; mail does not count.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Local part of the row that takes what no other address of the domain does. No address can be called so.</summary>
    public const string CatchAll = "*";
}

public static class AliasStatus
{
    public const string Active = "active";
    public const string Paused = "paused";
}

public static class AliasKinds
{
    public const string Named = "named";
    public const string Random = "random";
    public const string CatchAll = "catch_all";
}

/// <summary>What an alias is at a moment, the first that fits: deleted, expired, used up, paused, idle, active.</summary>
public static class AliasStates
{
    public const string Active = "active";
    public const string Paused = "paused";
    public const string Expired = "expired";
    public const string UsedUp = "used_up";
    public const string Idle = "idle";
    public const string Deleted = "deleted";

    public static readonly IReadOnlyList<string> All = [Active, Paused, Expired, UsedUp, Idle, Deleted];
}
