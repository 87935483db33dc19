using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

/// <param name="Minutes">Counts of messages that no limit and no chart asks for.</param>
/// <param name="Uses">Old notes of who signed in.</param>
/// <param name="Passwords">Hashes of passwords whose overlap is over.</param>
/// <param name="Blocks">Revoked long ago.</param>
public sealed record PurgedMotorBlocks(int Minutes, int Uses, int Passwords, int Blocks);

/// <summary>Removes what is past its time, a batch at a time, so that no statement holds many rows. May run on several instances at once.</summary>
public sealed class PurgeMotorBlocks(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan MinutesKept = TimeSpan.FromHours(49);
    public static readonly TimeSpan UsesKept = TimeSpan.FromDays(90);
    public static readonly TimeSpan RevokedKept = TimeSpan.FromDays(90);

    /// <summary>Rows of one statement.</summary>
    internal const int Batch = 1_000;

    public async Task<Outcome<PurgedMotorBlocks>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new PurgedMotorBlocks(
            await InBatchesAsync(context, Minutes(now - MinutesKept), cancellationToken),
            await InBatchesAsync(context, Uses(now - UsesKept), cancellationToken),
            await InBatchesAsync(context, Passwords(now), cancellationToken),
            await InBatchesAsync(context, Blocks(now - RevokedKept), cancellationToken));
    }

    private static async Task<int> InBatchesAsync(PlatformContext context, FormattableString statement, CancellationToken cancellationToken)
    {
        var all = 0;
        int some;
        do
        {
            some = await context.Database.ExecuteSqlAsync(statement, cancellationToken);
            all += some;
        }
        while (some == Batch);
        return all;
    }

    private static FormattableString Minutes(DateTimeOffset before) =>
        $"""
         DELETE FROM motor_block_messages WHERE (motor_block_id, minute) IN (
             SELECT motor_block_id, minute FROM motor_block_messages WHERE minute < {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
         """;

    private static FormattableString Uses(DateTimeOffset before) =>
        $"""
         DELETE FROM motor_block_uses WHERE (motor_block_id, password_id, client_name, network) IN (
             SELECT motor_block_id, password_id, client_name, network FROM motor_block_uses WHERE last_at < {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
         """;

    private static FormattableString Passwords(DateTimeOffset now) =>
        $"""
         UPDATE motor_blocks SET previous_password_id = NULL, previous_password_hash = NULL, previous_selector = NULL, previous_valid_until = NULL
         WHERE id IN (SELECT id FROM motor_blocks WHERE previous_valid_until <= {now} LIMIT {Batch} FOR NO KEY UPDATE SKIP LOCKED)
         """;

    private static FormattableString Blocks(DateTimeOffset before) =>
        $"""
         DELETE FROM motor_blocks WHERE id IN (
             SELECT id FROM motor_blocks WHERE revoked_at < {before} LIMIT {Batch} FOR UPDATE SKIP LOCKED)
         """;
}
