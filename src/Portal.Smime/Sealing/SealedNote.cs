using System.Buffers;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>Seals a few octets to one certificate, exactly as mail is sealed: whoever can tell them holds the private key.</summary>
public static class SealedNote
{
    private const int KeyLength = 32;

    // What every program opens.
    private const ContentCipher Cipher = ContentCipher.Aes256Cbc;

    /// <returns>ContentInfo with EnvelopedData (RFC 5652), DER.</returns>
    /// <exception cref="SealingException">The certificate has no key that mail can be sealed to.</exception>
    public static byte[] Seal(MailCertificate certificate, ReadOnlyMemory<byte> note)
    {
        var key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        try
        {
            RandomNumberGenerator.Fill(key);
            var iv = RandomNumberGenerator.GetBytes(ContentEncryptor.IvLength(Cipher));
            var encryptedLength = ContentEncryptor.EncryptedLength(Cipher, note.Length);
            var prefix = EnvelopedData.WritePrefix(RecipientInfos.For([certificate], RecipientNaming.IssuerAndSerialNumber, key), Cipher, iv, encryptedLength);
            var der = new byte[prefix.Length + encryptedLength];
            prefix.CopyTo(der, 0);
            using var encryptor = ContentEncryptor.Create(Cipher, key, iv, der, prefix.Length);
            encryptor.Append(new ReadOnlySequence<byte>(note));
            encryptor.Finish(tag: []);
            return der;
        }
        catch (CryptographicException error)
        {
            throw new SealingException("The certificate's key was refused by the cipher.", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
