using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Health;

/// <param name="Latency">Time of one count of the users.</param>
/// <param name="AppliedMigration">Newest migration in the database; null when there is none.</param>
/// <param name="MigrationsCurrent">The database has the schema that this build needs.</param>
/// <param name="Problem">Plain text without addresses or names of roles; null when healthy.</param>
public sealed record PlatformHealth(
    bool Healthy, TimeSpan Latency, long? Users, string? AppliedMigration, bool MigrationsCurrent, string? Problem);

/// <summary>Asks the platform database whether it answers, how many users it has and whether it is migrated.</summary>
public sealed class CheckPlatform(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<PlatformHealth> HandleAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).LastOrDefault();
            var current = string.Equals(applied, PlatformSchema.LatestMigration, StringComparison.Ordinal);
            if (!current)
                return new PlatformHealth(false, time.GetElapsedTime(started), null, applied, false, "The database needs another schema. Run the migrations.");
            var asked = time.GetTimestamp();
            var users = await context.Users.LongCountAsync(cancellationToken);
            return new PlatformHealth(true, time.GetElapsedTime(asked), users, applied, true, null);
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is DbException)
        {
            return new PlatformHealth(false, time.GetElapsedTime(started), null, null, false, "The database does not answer.");
        }
    }
}
