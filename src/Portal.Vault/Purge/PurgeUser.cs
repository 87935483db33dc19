using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Purge;

/// <summary>
/// Destroys all that the vault holds of an account that is gone: its devices, its vaultboxes with their mail, keys and addresses, then
/// its wrapped keys. Each vaultbox goes by itself, so a crash leaves whole vaultboxes or none, and asking again goes on. Its addresses
/// are refused from then on.
/// </summary>
public sealed class PurgeUser
{
    private readonly IDbContextFactory<VaultContext> _contexts;
    private readonly VaultboxDestruction _destruction;

    internal PurgeUser(IDbContextFactory<VaultContext> contexts, VaultboxDestruction destruction) => (_contexts, _destruction) = (contexts, destruction);

    public async Task<PurgedVaultboxes> HandleAsync(Guid userId, CancellationToken cancellationToken)
    {
        var total = PurgedVaultboxes.None;
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await EndDevicesAsync(context, userId, cancellationToken);
        var all = await context.Vaultboxes.IgnoreQueryFilters().Where(v => v.UserId == userId).OrderBy(v => v.Id).Select(v => v.Id).ToListAsync(cancellationToken);
        foreach (var id in all)
            total += await _destruction.DestroyAsync(context, id, "The account was deleted", _ => true, tell: null, cancellationToken);

        await context.OwnerNotices.Where(n => n.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.LogViews.Where(v => v.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.VaultKeyWraps.Where(w => w.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        return total;
    }

    /// <summary>Before all else: no mail program stays signed in to what is being destroyed.</summary>
    private static async Task EndDevicesAsync(VaultContext context, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Devices.Where(d => d.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.AnnounceOwnerAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
