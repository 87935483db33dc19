using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.MotorBlocks;

/// <param name="Used">Messages of the last 60 minutes; this one among them when it was granted.</param>
/// <param name="FreeAt">When one more can be sent, where the limit is reached.</param>
/// <param name="Minute">In which the message was counted; for <see cref="GiveBackSendingAllowance"/>.</param>
public sealed record SendingAllowance(bool Granted, int LimitPerHour, int Used, DateTimeOffset? FreeAt, DateTimeOffset Minute);

/// <summary>
/// Counts one message of a motor block against its hourly limit. Whatever is asked at once, on however many instances, no more is
/// granted than the limit. For the submission server, which has asked <see cref="CheckSendingRight"/> before.
/// </summary>
public sealed class TakeSendingAllowance(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<SendingAllowance> HandleAsync(Guid motorBlockId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The row lock makes one wait for the other. A count that a crash of the database loses does no harm, so no commit waits for the disk.
        var limits = await context.Database.SqlQuery<int>(
            $"""
             SELECT block.rate_limit_per_hour AS "Value"
             FROM motor_blocks AS block, set_config('synchronous_commit', 'off', true)
             WHERE block.id = {motorBlockId} AND block.revoked_at IS NULL FOR NO KEY UPDATE OF block
             """).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var minute = SendingWindow.MinuteOf(now);
        if (limits is not [var limit])
            return new SendingAllowance(false, 0, 0, null, minute);
        var since = SendingWindow.Since(now);
        var minutes = await context.MotorBlockMinutes.AsNoTracking()
            .Where(m => m.MotorBlockId == motorBlockId && m.Minute >= since).ToListAsync(cancellationToken);
        var window = SendingWindow.Of(minutes, limit);
        if (window.Used >= limit)
            return new SendingAllowance(false, limit, window.Used, window.FreeAt, minute);

        await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO motor_block_messages AS counted (motor_block_id, minute, messages) VALUES ({motorBlockId}, {minute}, 1)
             ON CONFLICT (motor_block_id, minute) DO UPDATE SET messages = counted.messages + 1
             """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        minutes.Add(new MotorBlockMinute { MotorBlockId = motorBlockId, Minute = minute, Messages = 1 });
        return new SendingAllowance(true, limit, window.Used + 1, SendingWindow.Of(minutes, limit).FreeAt, minute);
    }
}
