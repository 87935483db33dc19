using System.Buffers;

namespace Portal.Smime.Tests.Support;

/// <summary>Bytes in pieces that count how often they are looked into: a measure of work that no busy machine changes.</summary>
internal sealed class CountedPieces
{
    private CountedPieces(byte[] bytes, int pieceSize)
    {
        Piece? first = null;
        Piece? last = null;
        for (var start = 0; start < bytes.Length; start += pieceSize)
        {
            last = new Piece(new Counted(this, bytes, start, Math.Min(pieceSize, bytes.Length - start)).Memory, last);
            first ??= last;
        }

        Sequence = new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    public ReadOnlySequence<byte> Sequence { get; }

    public long Looks { get; private set; }

    public static CountedPieces Of(byte[] bytes, int pieceSize) => new(bytes, pieceSize);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }

    private sealed class Counted(CountedPieces owner, byte[] bytes, int start, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan()
        {
            owner.Looks++;
            return bytes.AsSpan(start, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
