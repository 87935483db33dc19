using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Portal.Vault.Health;

/// <param name="IsUp">The database answers.</param>
/// <param name="Vaultboxes">How many there are; null when it is down.</param>
/// <param name="Latency">Of the query.</param>
/// <param name="Migration">The newest migration applied; null when it is down.</param>
public sealed record VaultHealth(bool IsUp, long? Vaultboxes, TimeSpan Latency, string? Migration);

/// <summary>Whether the vault database answers, and how quickly.</summary>
public sealed class CheckVault(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultHealth> HandleAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var count = await context.Vaultboxes.LongCountAsync(cancellationToken);
            var migration = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault();
            return new VaultHealth(true, count, Stopwatch.GetElapsedTime(started), migration);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            return new VaultHealth(false, null, Stopwatch.GetElapsedTime(started), null);
        }
    }
}
