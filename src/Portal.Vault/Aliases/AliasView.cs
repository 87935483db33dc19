namespace Portal.Vault.Aliases;

/// <summary>An alias as its owner sees it.</summary>
/// <param name="Address">Of a catch-all <c>*@domain</c>.</param>
/// <param name="Kind">named, random or catch_all.</param>
/// <param name="State">active, paused, expired, used_up, idle or deleted.</param>
/// <param name="MaxMessages">In all; null: any number.</param>
/// <param name="MaxIdleDays">Days without mail and without a change by the owner; null: any.</param>
/// <param name="MessageCount">Messages stored through it.</param>
/// <param name="RestorableUntil">Of a deleted one: until when it can be restored; then the address is free.</param>
public sealed record AliasView(
    Guid Id,
    string Address,
    string LocalPart,
    string Domain,
    string Kind,
    bool IsPrimary,
    string State,
    string? Label,
    string? Note,
    DateTimeOffset? ExpiresAt,
    int? MaxMessages,
    int? MaxIdleDays,
    long MessageCount,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? DeletedAt,
    DateTimeOffset? RestorableUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static AliasView Of(Alias a, string state) => new(
        a.Id, $"{a.LocalPart}@{a.Domain}", a.LocalPart, a.Domain, a.Kind, a.IsPrimary, state, a.Label, a.Note, a.ExpiresAt, a.MaxMessages,
        a.MaxIdleDays, a.MessageCount, a.LastUsedAt, a.DeletedAt, a.DeletedAt + PurgeAliases.Kept, a.CreatedAt, a.UpdatedAt);
}
