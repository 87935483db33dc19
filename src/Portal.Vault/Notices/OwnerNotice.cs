using System.Collections.Frozen;

namespace Portal.Vault.Notices;

/// <summary>
/// Something that the owner of a vaultbox should know of, written in the transaction of the act itself. The portal lists it; where mail
/// is wanted as well, it is written from here, for the address is in the other database.
/// </summary>
public sealed class OwnerNotice
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    /// <summary>Null when it is about the account; kept when the vaultbox is gone.</summary>
    public Guid? VaultboxId { get; init; }

    /// <summary><see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>A JSON object of texts, by <see cref="NoticeDetails"/>. What the server may know anyway, never a secret.</summary>
    public required string Detail { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    public required bool WantsMail { get; init; }

    /// <summary>When its mail was given to the queue, or there was nobody to write to.</summary>
    public DateTimeOffset? MailedAt { get; set; }

    /// <summary>Not before then is its mail tried again; null: at once.</summary>
    public DateTimeOffset? MailAfter { get; set; }

    /// <summary>How often its mail could not be written; with <see cref="PassOnNotices.MostFailures"/> it is given up.</summary>
    public int MailFailures { get; set; }
}

public static class NoticeKinds
{
    public const string KeyAdded = "key_added";
    public const string KeyRetired = "key_retired";
    public const string KeyResumed = "key_resumed";
    public const string KeyDeleted = "key_deleted";
    public const string KeyExpiring = "key_expiring";

    /// <summary>A key stands in the database that neither the owner nor this installation put there.</summary>
    public const string KeyForeign = "key_foreign";
    public const string PassphraseChanged = "passphrase_changed";
    public const string RecoveryKitMade = "recovery_kit_made";
    public const string VaultboxDeleted = "vaultbox_deleted";
    public const string VaultboxRestored = "vaultbox_restored";
    public const string VaultboxPurged = "vaultbox_purged";
    public const string AliasEnding = "alias_ending";
    public const string ViewAsked = "view_asked";
    public const string ViewWithoutAsking = "view_without_asking";

    internal static readonly FrozenSet<string> OfKeys = FrozenSet.Create(StringComparer.Ordinal, KeyAdded, KeyRetired, KeyResumed, KeyDeleted, KeyExpiring);
}

/// <summary>Keys of a notice's detail; each kind has those that it needs.</summary>
public static class NoticeDetails
{
    /// <summary>What the owner calls the key or the vaultbox.</summary>
    public const string Name = "name";

    /// <summary>SHA-256, lower-case hex.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>Of the vaultbox or the alias.</summary>
    public const string Address = "address";

    /// <summary>Messages, in digits; of <see cref="NoticeKinds.AliasEnding"/> addresses.</summary>
    public const string Count = "count";

    /// <summary>ISO 8601, UTC.</summary>
    public const string Until = "until";

    public const string Days = "days";

    /// <summary>Of a support view: the address of who asks or looks.</summary>
    public const string By = "by";

    /// <summary>Of a support view: why, in the supporter's words.</summary>
    public const string Reason = "reason";

    /// <summary>Of a key that ends: until when another key of the vaultbox takes mail; ISO 8601, UTC. Absent: none does.</summary>
    public const string SuccessorUntil = "successor_until";
}
