using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;

namespace Portal.Smime;

/// <summary>The message/rfc822 form of a sealed message (RFC 8551 section 3.3), for IMAP clients and downloads.</summary>
public static class OuterMessage
{
    // 57 bytes make a line of 76 columns (RFC 2045 section 6.8).
    private const int LineBytes = 57;
    private const int LineLength = 76 + 2;

    // Lines read from a stream at a time: 56 KB.
    private const int PieceLines = 1024;

    /// <summary>Length in bytes of what <see cref="Write"/> writes.</summary>
    public static long Length(string outerHeaders, int derLength)
    {
        long lines = derLength / LineBytes;
        var rest = derLength % LineBytes;
        return Encoding.UTF8.GetByteCount(outerHeaders) + 2L + (lines * LineLength) + (rest == 0 ? 0 : Base64.GetMaxEncodedToUtf8Length(rest) + 2);
    }

    /// <summary>Writes header block, empty line and base64 body, CRLF throughout; holds one line at a time.</summary>
    public static void Write(string outerHeaders, ReadOnlySpan<byte> der, IBufferWriter<byte> output)
    {
        WriteHeaders(outerHeaders, output);
        WriteBody(der, output);
    }

    /// <summary>The same from a stream, which is read once; holds no more than a piece of it.</summary>
    public static async Task WriteAsync(string outerHeaders, Stream der, PipeWriter output, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceLines * LineBytes);
        try
        {
            WriteHeaders(outerHeaders, output);
            int read;
            do
            {
                // Whole lines each time: only the last may be short.
                read = await der.ReadAtLeastAsync(piece.AsMemory(0, PieceLines * LineBytes), PieceLines * LineBytes, throwOnEndOfStream: false, cancellationToken);
                WriteBody(piece.AsSpan(0, read), output);
                await output.FlushAsync(cancellationToken);
            }
            while (read == PieceLines * LineBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static void WriteHeaders(string outerHeaders, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(outerHeaders, output);
        output.Write("\r\n"u8);
    }

    private static void WriteBody(ReadOnlySpan<byte> der, IBufferWriter<byte> output)
    {
        while (!der.IsEmpty)
        {
            var line = der[..Math.Min(LineBytes, der.Length)];
            var target = output.GetSpan(LineLength);
            Base64.EncodeToUtf8(line, target, out _, out var written);
            "\r\n"u8.CopyTo(target[written..]);
            output.Advance(written + 2);
            der = der[line.Length..];
        }
    }
}
