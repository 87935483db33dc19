using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Cms;
using Org.BouncyCastle.Asn1.Nist;
using Portal.Platform;

namespace Portal.Web.Cli.Opening;

/// <param name="Message">What was sealed, byte for byte.</param>
/// <param name="Content">SHA-256 of the encrypted octets, lower-case hex, as the receipt has it.</param>
/// <param name="IsAuthenticated">The cipher itself shows any change (AES-GCM).</param>
internal sealed record OpenedMessage(byte[] Message, string Content, bool IsAuthenticated);

/// <summary>
/// Opens EnvelopedData and AuthEnvelopedData (RFC 5652, RFC 5083) on the owner's own machine. The portal itself never does this: it has no
/// private key. The structures are read by BouncyCastle and opened by .NET's ciphers, none of it shared with the code that seals.
/// </summary>
internal static class MessageOpener
{
    private static readonly Failure Malformed = new("sealed_malformed", "The sealed message is cut short or damaged.");
    private static readonly Failure NotForKey = new("not_for_key", "The message is not sealed to a key of this file.");
    private static readonly Failure NotOpened = new("not_opened", "The message does not open: it was changed or damaged after it was sealed, or this is another key under the same name.");

    public static Outcome<OpenedMessage> Open(byte[] der, IReadOnlyList<X509Certificate2> keys)
    {
        Parts? parts;
        try
        {
            parts = Parts.Read(der);
        }
        catch (Exception fault) when (IsOfStructure(fault))
        {
            return Malformed;
        }

        if (parts is null)
            return Malformed;
        var failure = NotForKey;
        foreach (var key in keys)
        {
            var opened = Open(parts, key);
            if (opened.Succeeded)
                return opened;
            // The first key that the message names has the word, unless another opens it.
            if (failure == NotForKey)
                failure = opened.Failure;
        }

        return failure;
    }

    private static Outcome<OpenedMessage> Open(Parts parts, X509Certificate2 key)
    {
        byte[]? contentKey = null;
        try
        {
            contentKey = ContentKeys.Find(parts.Recipients, key);
            return contentKey is null
                ? NotForKey
                : new OpenedMessage(Decrypt(parts, contentKey), Convert.ToHexStringLower(SHA256.HashData(parts.Encrypted)), parts.Tag is not null);
        }
        catch (CryptographicException)
        {
            return NotOpened;
        }
        catch (NotSupportedException fault)
        {
            return new Failure("not_supported", fault.Message);
        }
        catch (Exception fault) when (IsOfStructure(fault))
        {
            return Malformed;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contentKey);
        }
    }

    /// <summary>Whatever BouncyCastle says of octets that are no ASN.1, or another structure.</summary>
    private static bool IsOfStructure(Exception fault) =>
        fault is ArgumentException or IOException or InvalidOperationException or InvalidCastException or ArithmeticException or IndexOutOfRangeException;

    private static byte[] Decrypt(Parts parts, byte[] key)
    {
        var algorithm = parts.Cipher.Algorithm;
        if (parts.Tag is { } tag)
        {
            if (!algorithm.Equals(NistObjectIdentifiers.IdAes256Gcm) && !algorithm.Equals(NistObjectIdentifiers.IdAes128Gcm))
                throw new NotSupportedException($"The cipher {algorithm.Id} is not known here.");
            var plain = new byte[parts.Encrypted.Length];
            using var gcm = new AesGcm(key, tag.Length);
            var parameters = GcmParameters.GetInstance(parts.Cipher.Parameters) ?? throw new InvalidOperationException("AES-GCM without its parameters.");
            gcm.Decrypt(parameters.GetNonce(), parts.Encrypted, tag, plain, parts.Attributes);
            return plain;
        }

        if (!algorithm.Equals(NistObjectIdentifiers.IdAes256Cbc) && !algorithm.Equals(NistObjectIdentifiers.IdAes128Cbc))
            throw new NotSupportedException($"The cipher {algorithm.Id} is not known here.");
        using var aes = Aes.Create();
        aes.Key = key;
        var iv = Asn1OctetString.GetInstance(parts.Cipher.Parameters) ?? throw new InvalidOperationException("AES-CBC without its parameters.");
        return aes.DecryptCbc(parts.Encrypted, iv.GetOctets());
    }

    /// <param name="Attributes">authAttrs as they are authenticated (RFC 5083 section 2.2); empty where there are none.</param>
    /// <param name="Tag">The mac; null for EnvelopedData, which has none.</param>
    private sealed record Parts(Asn1Set Recipients, Org.BouncyCastle.Asn1.X509.AlgorithmIdentifier Cipher, byte[] Encrypted, byte[] Attributes, byte[]? Tag)
    {
        public static Parts? Read(byte[] der)
        {
            var info = ContentInfo.GetInstance(Asn1Object.FromByteArray(der));
            if (info.ContentType.Equals(CmsObjectIdentifiers.EnvelopedData))
            {
                var data = EnvelopedData.GetInstance(info.Content);
                return Of(data.RecipientInfos, data.EncryptedContentInfo, [], null);
            }

            if (!info.ContentType.Equals(CmsObjectIdentifiers.AuthEnvelopedData))
                return null;
            var authenticated = AuthEnvelopedData.GetInstance(info.Content);
            return Of(authenticated.RecipientInfos, authenticated.AuthEncryptedContentInfo, authenticated.AuthAttrs?.GetDerEncoded() ?? [], authenticated.Mac.GetOctets());
        }

        private static Parts? Of(Asn1Set recipients, EncryptedContentInfo content, byte[] attributes, byte[]? tag) => content.EncryptedContent is { } encrypted
            ? new Parts(recipients, content.ContentEncryptionAlgorithm, encrypted.GetOctets(), attributes, tag)
            : null;
    }
}
