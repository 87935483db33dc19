using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>AES-256-CBC with PKCS#7 padding (RFC 3565, RFC 5652 section 6.3), fed piece by piece, written straight into the target.</summary>
internal sealed class CbcEncryptor : ContentEncryptor
{
    public const int BlockLength = 16;

    // Input that is not backed by an array passes through here.
    private const int StageLength = 16 * 1024;

    private readonly Aes aes;
    private readonly ICryptoTransform transform;
    private readonly byte[] target;
    private readonly byte[] carry = GC.AllocateArray<byte>(BlockLength, pinned: true);
    private int carried;
    private int position;

    public CbcEncryptor(byte[] key, byte[] iv, byte[] target, int start)
    {
        aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        transform = aes.CreateEncryptor(key, iv);
        this.target = target;
        position = start;
    }

    /// <summary>Length of the ciphertext for this much plaintext: there is always padding.</summary>
    public static int EncryptedLength(long plaintextLength) => checked((int)(((plaintextLength / BlockLength) + 1) * BlockLength));

    public override void Append(ReadOnlyMemory<byte> data)
    {
        if (MemoryMarshal.TryGetArray(data, out var segment))
        {
            Append(segment.Array!, segment.Offset, segment.Count);
            return;
        }

        var stage = ArrayPool<byte>.Shared.Rent(StageLength);
        try
        {
            for (; !data.IsEmpty; data = data[Math.Min(StageLength, data.Length)..])
            {
                var count = Math.Min(StageLength, data.Length);
                data[..count].CopyTo(stage);
                Append(stage, 0, count);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(stage);
            ArrayPool<byte>.Shared.Return(stage);
        }
    }

    /// <summary>Writes the padded last block.</summary>
    public override int Finish(Span<byte> tag)
    {
        var last = transform.TransformFinalBlock(carry, 0, carried);
        last.CopyTo(target, position);
        position += last.Length;
        return position;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(carry);
        transform.Dispose();
        aes.Dispose();
    }

    private void Append(byte[] data, int start, int count)
    {
        if (carried > 0)
        {
            var missing = Math.Min(BlockLength - carried, count);
            data.AsSpan(start, missing).CopyTo(carry.AsSpan(carried));
            carried += missing;
            start += missing;
            count -= missing;
            if (carried < BlockLength)
            {
                return;
            }

            position += transform.TransformBlock(carry, 0, BlockLength, target, position);
            carried = 0;
        }

        var whole = count - (count % BlockLength);
        if (whole > 0)
        {
            position += transform.TransformBlock(data, start, whole, target, position);
        }

        carried = count - whole;
        data.AsSpan(start + whole, carried).CopyTo(carry);
    }
}
