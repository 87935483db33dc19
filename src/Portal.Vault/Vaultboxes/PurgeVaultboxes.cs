using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Vault.Notices;
using Portal.Vault.Purge;

namespace Portal.Vault.Vaultboxes;

/// <summary>
/// Destroys the vaultboxes that were deleted long ago, each in one transaction with its row in the log and the notice to its owner. Of
/// several instances that begin with the same one, the second finds it gone. One that cannot be destroyed holds up none behind it.
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
    private readonly ILogger<PurgeVaultboxes> _logger;

    internal PurgeVaultboxes(IDbContextFactory<VaultContext> contexts, VaultboxDestruction destruction, TimeProvider time, ILogger<PurgeVaultboxes> logger) =>
        (_contexts, _destruction, _time, _logger) = (contexts, destruction, time, logger);

    /// <returns>How many are gone for good, and what was in them.</returns>
    public async Task<PurgedVaultboxes> HandleAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var before = now - Kept;
        var total = PurgedVaultboxes.None;
        foreach (var id in await DueAsync(before, cancellationToken))
        {
            try
            {
                total += await DestroyAsync(id, before, now, cancellationToken);
            }
            catch (Exception fault) when (IsOfThisOne(fault))
            {
                _logger.VaultboxNotPurged(id, fault);
            }
        }

        return total;
    }

    private async Task<List<Guid>> DueAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await context.Vaultboxes.IgnoreQueryFilters().Where(v => v.DeletedAt <= before)
            .OrderBy(v => v.DeletedAt).Take(Most).Select(v => v.Id).ToListAsync(cancellationToken);
    }

    private async Task<PurgedVaultboxes> DestroyAsync(Guid id, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        return await _destruction.DestroyAsync(
            context,
            id,
            string.Create(CultureInfo.InvariantCulture, $"The vaultbox was deleted more than {Kept.TotalDays:0} days ago"),
            vaultbox => vaultbox.DeletedAt <= before,
            (vaultbox, purged) => context.Notify(
                vaultbox.UserId, vaultbox.Id, NoticeKinds.VaultboxPurged, vaultbox.NoticeDetail(purged.Messages), now, wantsMail: true),
            cancellationToken);
    }

    /// <summary>The database answered, or took too long over this one; it is not away.</summary>
    private static bool IsOfThisOne(Exception fault) => fault switch
    {
        PostgresException postgres => !string.Equals(postgres.InvariantSeverity, "FATAL", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => true,
        InvalidOperationException or DbUpdateException => fault.InnerException is { } inner && IsOfThisOne(inner),
        _ => false,
    };
}
