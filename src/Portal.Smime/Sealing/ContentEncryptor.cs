using System.Buffers;

namespace Portal.Smime;

/// <summary>Encrypts what is appended, piece by piece, straight into the target.</summary>
internal abstract class ContentEncryptor : IDisposable
{
    /// <param name="iv">Of <see cref="IvLength"/> bytes; never used twice with a key.</param>
    /// <param name="start">Where in the target the ciphertext begins.</param>
    public static ContentEncryptor Create(ContentCipher cipher, byte[] key, byte[] iv, byte[] target, int start) => cipher == ContentCipher.Aes256Gcm
        ? new GcmEncryptor(key, iv, target, start)
        : new CbcEncryptor(key, iv, target, start);

    /// <summary>Bytes of initialisation vector or nonce.</summary>
    public static int IvLength(ContentCipher cipher) => cipher == ContentCipher.Aes256Gcm ? GcmEncryptor.NonceLength : CbcEncryptor.BlockLength;

    /// <summary>Length of the ciphertext for this much plaintext, without an authentication tag.</summary>
    public static int EncryptedLength(ContentCipher cipher, long plaintextLength) => cipher == ContentCipher.Aes256Gcm
        ? checked((int)plaintextLength)
        : CbcEncryptor.EncryptedLength(plaintextLength);

    public void Append(in ReadOnlySequence<byte> data)
    {
        foreach (var piece in data)
        {
            Append(piece);
        }
    }

    public abstract void Append(ReadOnlyMemory<byte> data);

    /// <summary>Ends the ciphertext.</summary>
    /// <param name="tag">Receives the authentication tag; empty where the cipher has none.</param>
    /// <returns>The end of the ciphertext in the target.</returns>
    public abstract int Finish(Span<byte> tag);

    /// <summary>Leaves nothing of plaintext or key behind, whether finished or not.</summary>
    public abstract void Dispose();
}
