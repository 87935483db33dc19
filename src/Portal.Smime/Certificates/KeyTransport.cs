using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// Encrypts content keys to one RSA key. Importing a key costs more than using it, so the imported one is kept for the next message;
/// it is never used by two threads at once.
/// </summary>
internal sealed class KeyTransport(RSAParameters key)
{
    private RSA? idle;

    /// <summary>RSAES-PKCS1-v1_5 and RSAES-OAEP with SHA-256 (RFC 8017 section 7).</summary>
    public (byte[] Pkcs1, byte[] Oaep) Encrypt(byte[] contentKey)
    {
        var rsa = Interlocked.Exchange(ref idle, null) ?? RSA.Create(key);
        try
        {
            return (rsa.Encrypt(contentKey, RSAEncryptionPadding.Pkcs1), rsa.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256));
        }
        finally
        {
            Interlocked.Exchange(ref idle, rsa)?.Dispose();
        }
    }
}
