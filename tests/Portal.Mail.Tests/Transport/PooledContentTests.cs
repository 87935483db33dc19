using System.Buffers;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Transport;

public sealed class PooledContentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(SegmentPool.SegmentBytes)]
    [InlineData(SegmentPool.SegmentBytes + 1)]
    [InlineData((3 * SegmentPool.SegmentBytes) + 17)]
    public void AsSequence_AnyLength_GivesBackWhatWasAppended(int length)
    {
        var octets = new byte[length];
        for (var i = 0; i < length; i++)
            octets[i] = (byte)(i * 31);
        using var content = new PooledContent(new SegmentPool(8L * SegmentPool.SegmentBytes));

        for (var at = 0; at < length; at += 1000)
            Assert.True(content.TryAppend(octets.AsSpan(at, Math.Min(1000, length - at))));

        Assert.Equal(length, content.Length);
        Assert.Equal(octets, content.AsSequence().ToArray());
    }

    [Fact]
    public void TryAppend_BudgetSpent_IsRefused()
    {
        var pool = new SegmentPool(SegmentPool.SegmentBytes);
        using var content = new PooledContent(pool);

        Assert.True(content.TryAppend(new byte[SegmentPool.SegmentBytes]));
        Assert.False(content.TryAppend("x"u8));
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnce()
    {
        var pool = new SegmentPool(4L * SegmentPool.SegmentBytes);
        var content = new PooledContent(pool);
        Assert.True(content.TryAppend(new byte[40_000]));
        Assert.Equal(2 * SegmentPool.SegmentBytes, pool.HeldBytes);

        content.Dispose();
        content.Dispose();

        Assert.Equal(0, pool.HeldBytes);
    }
}
