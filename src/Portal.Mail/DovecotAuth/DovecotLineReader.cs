using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Portal.Mail.Transport;

namespace Portal.Mail.DovecotAuth;

/// <summary>The client's lines, each ended by LF. What was read is cleared behind it, since any line may hold a password.</summary>
internal sealed class DovecotLineReader(PipeReader input, int maxLineBytes)
{
    private long _scanned;

    /// <summary>The last line was longer than allowed.</summary>
    public bool IsOversize { get; private set; }

    /// <summary>The next line without its LF, or null when the client is gone or the line too long. Whoever takes it disposes it.</summary>
    public async ValueTask<SecretOctets?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var window = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, maxLineBytes));
            if (window.Slice(_scanned).PositionOf((byte)'\n') is { } lf)
                return Take(window.Slice(0, lf), window.GetPosition(1, lf));

            _scanned = window.Length;
            IsOversize = window.Length == maxLineBytes;
            input.AdvanceTo(window.Start, window.End);
            if (IsOversize || result.IsCompleted)
                return null;
        }
    }

    private SecretOctets Take(ReadOnlySequence<byte> line, SequencePosition next)
    {
        var octets = new SecretOctets((int)line.Length);
        line.CopyTo(octets.Span);
        foreach (var part in line)
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(part).Span);
        _scanned = 0;
        input.AdvanceTo(next);
        return octets;
    }
}
