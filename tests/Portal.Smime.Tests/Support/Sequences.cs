using System.Buffers;
using System.Text;

namespace Portal.Smime.Tests.Support;

internal static class Sequences
{
    /// <summary>The bytes in pieces of the given size, as they come from a pipe.</summary>
    public static ReadOnlySequence<byte> Split(byte[] bytes, int pieceSize)
    {
        if (bytes.Length <= pieceSize)
        {
            return new ReadOnlySequence<byte>(bytes);
        }

        Piece? first = null;
        Piece? last = null;
        for (var start = 0; start < bytes.Length; start += pieceSize)
        {
            var memory = bytes.AsMemory(start, Math.Min(pieceSize, bytes.Length - start));
            last = new Piece(memory, last);
            first ??= last;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    /// <summary>Latin-1, so that any byte can be written as an escape.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }
}
