using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>Encrypts content keys to one RSA key.</summary>
internal sealed class KeyTransport(RSAParameters key)
{
    private readonly ReadyKey<RSA> ready = new(() => RSA.Create(key));

    /// <summary>RSAES-PKCS1-v1_5 and RSAES-OAEP with SHA-256 (RFC 8017 section 7).</summary>
    public (byte[] Pkcs1, byte[] Oaep) Encrypt(byte[] contentKey) =>
        ready.Use(rsa => (rsa.Encrypt(contentKey, RSAEncryptionPadding.Pkcs1), rsa.Encrypt(contentKey, RSAEncryptionPadding.OaepSHA256)));
}
