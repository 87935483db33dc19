using System.Text.Json;

namespace Portal.Vault.Notices;

internal static class NoticeWriting
{
    /// <summary>Adds a notice to what the context saves next.</summary>
    /// <param name="kind"><see cref="NoticeKinds"/>.</param>
    /// <param name="detail">By <see cref="NoticeDetails"/>.</param>
    /// <param name="wantsMail">Whether the owner is written to as well.</param>
    public static void Notify(
        this VaultContext context, Guid userId, Guid? vaultboxId, string kind, IReadOnlyDictionary<string, string> detail, DateTimeOffset now, bool wantsMail) =>
        context.Add(new OwnerNotice
        {
            UserId = userId, VaultboxId = vaultboxId, Kind = kind, Detail = JsonSerializer.Serialize(detail), OccurredAt = now, WantsMail = wantsMail,
        });
}
