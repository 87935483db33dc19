using System.Text.Json;

namespace Portal.Vault.Notices;

/// <param name="VaultboxId">Null when it is about the account. The vaultbox may be gone.</param>
/// <param name="Kind"><see cref="NoticeKinds"/>.</param>
/// <param name="Detail">By <see cref="NoticeDetails"/>; each kind has those that it needs.</param>
/// <param name="ReadAt">Null: unread.</param>
public sealed record NoticeView(
    Guid Id, Guid? VaultboxId, string Kind, IReadOnlyDictionary<string, string> Detail, DateTimeOffset OccurredAt, DateTimeOffset? ReadAt)
{
    /// <summary>As the actor may see it. A supporter is told that a key changed, not which.</summary>
    internal NoticeView For(VaultActor actor) => !actor.IsSupport || !NoticeKinds.OfKeys.Contains(Kind) ? this : this with
    {
        Detail = Detail.Where(detail => detail.Key is not (NoticeDetails.Name or NoticeDetails.Fingerprint))
            .ToDictionary(detail => detail.Key, detail => detail.Value, StringComparer.Ordinal),
    };

    internal static NoticeView Of(OwnerNotice notice) => new(
        notice.Id,
        notice.VaultboxId,
        notice.Kind,
        JsonSerializer.Deserialize<Dictionary<string, string>>(notice.Detail) ?? [],
        notice.OccurredAt,
        notice.ReadAt);
}
