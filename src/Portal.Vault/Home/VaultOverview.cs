namespace Portal.Vault.Home;

/// <summary>What an account's vaultboxes hold, and what in them needs a person. Each list names at most <see cref="GetVaultOverview.Most"/>; its number counts all.</summary>
/// <param name="NeedKey">Vaultboxes that can seal to nothing, so that mail is held up; with those who wait.</param>
/// <param name="Expiring">Vaultboxes whose last mail certificate ends soon, or has ended and is sealed to only for grace.</param>
/// <param name="Filling">Vaultboxes that hold four fifths of what they may, or more.</param>
/// <param name="EndingAliases">Addresses that end within seven days, or have taken nine tenths of their messages.</param>
/// <param name="EndingOverlaps">Devices whose old password stops within a day while somebody still uses it.</param>
public sealed record VaultOverview(
    Told<KeylessVaultbox> NeedKey,
    Told<ExpiringVaultbox> Expiring,
    Told<FillingVaultbox> Filling,
    Told<EndingAlias> EndingAliases,
    Told<OverlapEnding> EndingOverlaps,
    SetUpState SetUp);

/// <param name="Number">How many there are; <paramref name="Items"/> may name fewer.</param>
public sealed record Told<T>(int Number, IReadOnlyList<T> Items);

/// <param name="HasKeys">Whether it ever had a mail certificate; false: keys were never made.</param>
/// <param name="WaitingSenders">Senders that were told 451 for want of a key within the last five days.</param>
/// <param name="WaitingUntil">When the first of them gives up, as far as senders keep trying for five days (RFC 5321 section 4.5.4.1); null: none waits.</param>
public sealed record KeylessVaultbox(Guid Id, string Name, string Address, bool HasKeys, int WaitingSenders, DateTimeOffset? WaitingUntil);

/// <param name="EndsAt">When the last certificate does; in the past: it is sealed to until the grace is over.</param>
public sealed record ExpiringVaultbox(Guid Id, string Name, string Address, DateTimeOffset EndsAt);

/// <param name="StoredBytes">Octets of sealed mail.</param>
public sealed record FillingVaultbox(Guid Id, string Name, string Address, long StoredBytes, long LimitBytes);

/// <param name="EndsAt">Null: it ends by its number of messages.</param>
public sealed record EndingAlias(Guid Id, Guid VaultboxId, string Address, DateTimeOffset? EndsAt, long MessageCount, int? MaxMessages);

/// <param name="VaultboxId">Null: it opens every vaultbox of the owner.</param>
/// <param name="Clients">Programs still on the old password.</param>
public sealed record OverlapEnding(Guid DeviceId, Guid? VaultboxId, string Label, DateTimeOffset ValidUntil, int Clients);

/// <summary>How far a newcomer has come.</summary>
/// <param name="FirstVaultboxId">The oldest, to lead there; null: none.</param>
public sealed record SetUpState(Guid? FirstVaultboxId, bool HasKeys, bool HasDevice, bool HasMail);

/// <param name="Messages">Stored since midnight, UTC.</param>
/// <param name="StoredBytes">Octets of all sealed mail.</param>
public sealed record VaultCounts(int Vaultboxes, long MessagesToday, long Messages, long StoredBytes);
