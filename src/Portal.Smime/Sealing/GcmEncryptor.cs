using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// AES-256-GCM with a tag of 16 bytes and no additional data (RFC 5084). .NET encrypts in one call only: the plaintext is put together in
/// the target and encrypted where it lies, so that there is no second copy.
/// </summary>
internal sealed class GcmEncryptor : ContentEncryptor
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    private readonly AesGcm aes;
    private readonly byte[] nonce;
    private readonly byte[] target;
    private readonly int start;
    private int position;
    private bool isFinished;

    public GcmEncryptor(byte[] key, byte[] nonce, byte[] target, int start)
    {
        aes = new AesGcm(key, TagLength);
        this.nonce = nonce;
        this.target = target;
        this.start = start;
        position = start;
    }

    public override void Append(ReadOnlyMemory<byte> data)
    {
        data.Span.CopyTo(target.AsSpan(position));
        position += data.Length;
    }

    public override int Finish(Span<byte> tag)
    {
        var content = target.AsSpan(start..position);
        aes.Encrypt(nonce, content, content, tag);
        isFinished = true;
        return position;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        if (!isFinished)
        {
            CryptographicOperations.ZeroMemory(target.AsSpan(start..position));
        }

        aes.Dispose();
    }
}
