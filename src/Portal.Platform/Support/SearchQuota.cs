using System.Collections.Concurrent;

namespace Portal.Platform.Support;

/// <summary>Searches of each supporter within a minute, on this instance. Bounded by the number of staff.</summary>
public sealed class SearchQuota(TimeProvider time)
{
    internal const int MostPerMinute = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Spent> spent = new();

    /// <returns>False when this minute's searches are used up.</returns>
    internal bool TryTake(Guid supporterId)
    {
        var now = time.GetTimestamp();
        var after = spent.AddOrUpdate(
            supporterId,
            _ => new Spent(now, 1),
            (_, before) => time.GetElapsedTime(before.Since, now) >= Window ? new Spent(now, 1) : before with { Number = before.Number + 1 });
        return after.Number <= MostPerMinute;
    }

    private sealed record Spent(long Since, int Number);
}
