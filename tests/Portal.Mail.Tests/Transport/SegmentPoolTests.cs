using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Transport;

public sealed class SegmentPoolTests
{
    [Fact]
    public void TryRent_BudgetSpent_IsRefusedUntilOneComesBack()
    {
        var pool = new SegmentPool(2 * SegmentPool.SegmentBytes);

        Assert.True(pool.TryRent(out var first));
        Assert.True(pool.TryRent(out _));
        Assert.False(pool.TryRent(out _));
        Assert.Equal(pool.BudgetBytes, pool.HeldBytes);

        pool.Return(first);
        Assert.True(pool.TryRent(out var again));
        Assert.Same(first, again);
    }

    [Fact]
    public void Return_FilledSegment_IsZeroed()
    {
        var pool = new SegmentPool(SegmentPool.SegmentBytes);
        Assert.True(pool.TryRent(out var segment));
        segment.AsSpan().Fill(0x41);

        pool.Return(segment);

        Assert.False(segment.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task TryRent_ManyAtOnce_NeverPassesTheBudget()
    {
        var pool = new SegmentPool(8L * SegmentPool.SegmentBytes);
        var most = 0L;

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), TestContext.Current.CancellationToken, (_, _) =>
        {
            if (pool.TryRent(out var segment))
            {
                InterlockedMax(ref most, pool.BudgetBytes - pool.AvailableBytes);
                pool.Return(segment);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(0, pool.HeldBytes);
        Assert.NotEqual(0, most);
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Interlocked.Read(ref target);
        while (seen < value && Interlocked.CompareExchange(ref target, value, seen) is var now && now != seen)
            seen = now;
    }
}
