using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

/// <param name="Hour">Its beginning.</param>
public sealed record HourOfUse(DateTimeOffset Hour, int Messages);

/// <param name="Used">Messages of the last 60 minutes.</param>
/// <param name="FreeAt">When one more can be sent, where the limit is reached.</param>
/// <param name="Hours">The present hour and the 47 before, oldest first; also those without a message.</param>
public sealed record MotorBlockUsage(int LimitPerHour, int Used, DateTimeOffset? FreeAt, IReadOnlyList<HourOfUse> Hours);

/// <summary>How much one of the account's motor blocks sends, and how much it may.</summary>
public sealed class GetMotorBlockUsage(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private const int Hours = 48;

    public async Task<Outcome<MotorBlockUsage>> HandleAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (MotorBlockAccess.RefuseRead(actor) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        var first = HourOf(now).AddHours(1 - Hours);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var limit = await context.MotorBlocks.Where(block => block.Id == id && block.UserId == actor.UserId && block.RevokedAt == null)
            .Select(block => (int?)block.RateLimitPerHour).SingleOrDefaultAsync(cancellationToken);
        if (limit is null)
            return AccountFailures.NotFound;
        var minutes = await context.MotorBlockMinutes.AsNoTracking()
            .Where(minute => minute.MotorBlockId == id && minute.Minute >= first).ToListAsync(cancellationToken);
        var since = SendingWindow.Since(now);
        var window = SendingWindow.Of(minutes.FindAll(minute => minute.Minute >= since), limit.Value);
        var sent = minutes.GroupBy(minute => HourOf(minute.Minute)).ToDictionary(hour => hour.Key, hour => hour.Sum(minute => minute.Messages));
        return new MotorBlockUsage(
            limit.Value,
            window.Used,
            window.FreeAt,
            [.. Enumerable.Range(0, Hours).Select(i => first.AddHours(i)).Select(hour => new HourOfUse(hour, sent.GetValueOrDefault(hour)))]);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
