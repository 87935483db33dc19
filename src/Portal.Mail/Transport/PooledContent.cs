using System.Buffers;

namespace Portal.Mail.Transport;

/// <summary>A message growing in pooled segments. Disposing zeroes them and gives them back.</summary>
internal sealed class PooledContent(SegmentPool pool) : IDisposable
{
    private readonly List<byte[]> _segments = [];
    private int _free;

    public long Length { get; private set; }

    /// <summary>Appends all of it, or returns false when the shared budget has no room.</summary>
    public bool TryAppend(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (_free == 0)
            {
                if (!pool.TryRent(out var fresh))
                    return false;
                _segments.Add(fresh);
                _free = SegmentPool.SegmentBytes;
            }

            var part = octets[..Math.Min(_free, octets.Length)];
            part.CopyTo(_segments[^1].AsSpan(SegmentPool.SegmentBytes - _free));
            _free -= part.Length;
            Length += part.Length;
            octets = octets[part.Length..];
        }

        return true;
    }

    /// <summary>A view of the segments, not a copy; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySequence<byte> AsSequence()
    {
        if (Length == 0)
            return ReadOnlySequence<byte>.Empty;

        Link? first = null, last = null;
        for (var i = 0; i < _segments.Count; i++)
        {
            var used = i == _segments.Count - 1 ? SegmentPool.SegmentBytes - _free : SegmentPool.SegmentBytes;
            last = new Link(_segments[i].AsMemory(0, used), last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    public void Dispose()
    {
        foreach (var segment in _segments)
            pool.Return(segment);
        _segments.Clear();
        _free = 0;
        Length = 0;
    }

    private sealed class Link : ReadOnlySequenceSegment<byte>
    {
        public Link(ReadOnlyMemory<byte> memory, Link? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
