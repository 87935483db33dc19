using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Counts wrong passwords and wrong codes of an account alike; too many in a row lock it for a while.</summary>
public sealed class Lockout(IDbContextFactory<PlatformContext> contexts, IOptions<PlatformOptions> options, TimeProvider time)
{
    private readonly PlatformOptions limits = options.Value;

    /// <summary>
    /// Counts in one statement, so parallel failures are all counted. Without waiting for the disk: a count lost in a crash is
    /// harmless, and an unknown account (no row) must take no less time.
    /// </summary>
    /// <param name="userId">Empty for an account that does not exist.</param>
    internal async Task CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await CountAsync(context, userId, cancellationToken);
    }

    /// <summary>The same in the caller's transaction, which must commit for it to count.</summary>
    internal Task CountAsync(PlatformContext context, Guid userId, CancellationToken cancellationToken)
    {
        var most = limits.LockoutFailures;
        var now = time.GetUtcNow();
        var until = now + limits.LockoutDuration;
        return context.Database.ExecuteSqlAsync(
            $"""
             UPDATE users SET
                 access_failed_count = CASE WHEN access_failed_count + 1 >= {most} THEN 0 ELSE access_failed_count + 1 END,
                 lockout_end = CASE WHEN access_failed_count + 1 >= {most} THEN {until} ELSE lockout_end END
             FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting
             WHERE id = {userId} AND lockout_enabled AND (lockout_end IS NULL OR lockout_end <= {now})
             """,
            cancellationToken);
    }
}
