using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Notices;
using Portal.Vault.Purge;

namespace Portal.Vault.Vaultboxes;

/// <summary>
/// Destroys the vaultboxes that were deleted long ago, each in one transaction with its row in the log and the notice to its owner. Of
/// several instances that begin with the same one, the second finds it gone.
/// </summary>
public sealed class PurgeVaultboxes
{
    /// <summary>How long a deleted vaultbox can be restored.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Of one run.</summary>
    internal const int Most = 100;

    private readonly IDbContextFactory<VaultContext> _contexts;
    private readonly VaultboxDestruction _destruction;
    private readonly TimeProvider _time;

    internal PurgeVaultboxes(IDbContextFactory<VaultContext> contexts, VaultboxDestruction destruction, TimeProvider time) =>
        (_contexts, _destruction, _time) = (contexts, destruction, time);

    /// <returns>How many are gone for good, and what was in them.</returns>
    public async Task<PurgedVaultboxes> HandleAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var before = now - Kept;
        var total = PurgedVaultboxes.None;
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.Vaultboxes.IgnoreQueryFilters().Where(v => v.DeletedAt <= before)
            .OrderBy(v => v.DeletedAt).Take(Most).Select(v => v.Id).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            total += await _destruction.DestroyAsync(
                context,
                id,
                string.Create(CultureInfo.InvariantCulture, $"The vaultbox was deleted more than {Kept.TotalDays:0} days ago"),
                vaultbox => vaultbox.DeletedAt <= before,
                (vaultbox, purged) => context.Notify(
                    vaultbox.UserId, vaultbox.Id, NoticeKinds.VaultboxPurged, vaultbox.NoticeDetail(purged.Messages), now, wantsMail: true),
                cancellationToken);
        }

        return total;
    }
}
