using System.Buffers;

namespace Portal.Smime;

/// <summary>A sealed message. Dispose gives the buffer back; <see cref="Der"/> must not be used after that.</summary>
public sealed class SealedMessage : IDisposable
{
    private readonly int length;
    private readonly bool isPooled;
    private byte[]? buffer;

    /// <param name="isPooled">Whether the buffer is this message's to give back, and not a room's.</param>
    internal SealedMessage(byte[] buffer, int length, bool isPooled)
    {
        this.buffer = buffer;
        this.length = length;
        this.isPooled = isPooled;
    }

    /// <summary>ContentInfo with EnvelopedData (RFC 5652) or AuthEnvelopedData (RFC 5083), DER.</summary>
    public ReadOnlyMemory<byte> Der => buffer is null ? throw new ObjectDisposedException(nameof(SealedMessage)) : buffer.AsMemory(0, length);

    /// <summary>The outer header block with its MIME fields, CRLF line ends, without the empty line that ends it.</summary>
    public required string OuterHeaders { get; init; }

    /// <summary>What of the message stands outside.</summary>
    public required OuterFields Outer { get; init; }

    /// <summary>The sealed summary as stored; null when the vaultbox has no portal key.</summary>
    public required byte[]? Summary { get; init; }

    /// <summary>SHA-256 over the encryptedContent octets, lower-case hex. The tag of AES-GCM stands in another field and is not among them.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>SHA-256 over the whole DER, lower-case hex.</summary>
    public required string DerSha256 { get; init; }

    /// <summary>SHA-256 over <see cref="Summary"/>, lower-case hex; null when there is none.</summary>
    public required string? SummarySha256 { get; init; }

    /// <summary>The content cipher, e.g. <c>AES-256-CBC</c>.</summary>
    public required string Cipher { get; init; }

    /// <summary>SHA-256 fingerprints of the certificates sealed for, lower-case hex, in the order of the request.</summary>
    public required IReadOnlyList<string> Fingerprints { get; init; }

    /// <summary>The original's Message-ID field value, trimmed, whatever it looks like; null when there is none.</summary>
    public required string? MessageIdHeader { get; init; }

    /// <summary>Whether its sender has sealed it, and not we.</summary>
    public bool IsAsItCame { get; init; }

    /// <inheritdoc />
    public void Dispose()
    {
        var own = Interlocked.Exchange(ref buffer, null);
        if (own is not null && isPooled)
        {
            ArrayPool<byte>.Shared.Return(own);
        }
    }
}
