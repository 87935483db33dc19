using System.Formats.Asn1;

namespace Portal.Smime;

/// <summary>
/// Everything of a ContentInfo with EnvelopedData (RFC 5652 sections 3 and 6) or AuthEnvelopedData (RFC 5083 section 2.1) that comes before
/// the encrypted octets, DER. These are one primitive string, so they are encrypted into place behind it; only a mac follows them.
/// </summary>
internal static class EnvelopedData
{
    public const string EnvelopedDataOid = "1.2.840.113549.1.7.3";
    public const string AuthEnvelopedDataOid = "1.2.840.113549.1.9.16.1.23";
    public const string DataOid = "1.2.840.113549.1.7.1";
    public const string Aes256CbcOid = "2.16.840.1.101.3.4.1.42";
    public const string Aes256GcmOid = "2.16.840.1.101.3.4.1.46";

    // Identifier and length of the mac, an OCTET STRING.
    private static ReadOnlySpan<byte> MacHeader => [0x04, GcmEncryptor.TagLength];

    /// <summary>Bytes behind the encrypted octets: the mac of AuthEnvelopedData, none of EnvelopedData.</summary>
    public static int SuffixLength(ContentCipher cipher) => cipher == ContentCipher.Aes256Gcm ? MacHeader.Length + GcmEncryptor.TagLength : 0;

    /// <summary>Writes what comes behind the encrypted octets, but the tag itself.</summary>
    /// <returns>Where the tag belongs; empty where there is none.</returns>
    public static Span<byte> WriteSuffix(ContentCipher cipher, Span<byte> suffix)
    {
        if (cipher != ContentCipher.Aes256Gcm)
        {
            return [];
        }

        MacHeader.CopyTo(suffix);
        return suffix.Slice(MacHeader.Length, GcmEncryptor.TagLength);
    }

    public static byte[] WritePrefix(RecipientInfos recipients, ContentCipher cipher, ReadOnlySpan<byte> iv, int encryptedLength)
    {
        var contentHead = WriteContentHead(cipher, iv);

        // From the inside out: each length needs those within.
        var content = HeaderLength(encryptedLength) + encryptedLength;
        var contentInfo = contentHead.Length + content;
        var suffix = SuffixLength(cipher);
        var enveloped = 3 + recipients.Encoded.Length + HeaderLength(contentInfo) + contentInfo + suffix;
        var oid = WriteOid(cipher == ContentCipher.Aes256Gcm ? AuthEnvelopedDataOid : EnvelopedDataOid);
        var explicitLength = HeaderLength(enveloped) + enveloped;
        var all = oid.Length + HeaderLength(explicitLength) + explicitLength;

        var prefix = new byte[HeaderLength(all) + all - encryptedLength - suffix];
        Span<byte> rest = prefix;
        WriteHeader(ref rest, 0x30, all);
        Append(ref rest, oid);
        WriteHeader(ref rest, 0xa0, explicitLength);
        WriteHeader(ref rest, 0x30, enveloped);
        // RFC 5652 section 6.1: 2 unless every recipient info has version 0. AuthEnvelopedData knows no other than 0.
        Append(ref rest, cipher == ContentCipher.Aes256Gcm || recipients.AreAllVersion0 ? [0x02, 0x01, 0x00] : [0x02, 0x01, 0x02]);
        Append(ref rest, recipients.Encoded);
        WriteHeader(ref rest, 0x30, contentInfo);
        Append(ref rest, contentHead);
        WriteHeader(ref rest, 0x80, encryptedLength);
        return prefix;
    }

    // contentType and contentEncryptionAlgorithm of EncryptedContentInfo; GCMParameters are RFC 5084 section 3.2.
    private static byte[] WriteContentHead(ContentCipher cipher, ReadOnlySpan<byte> iv)
    {
        var algorithm = new AsnWriter(AsnEncodingRules.DER);
        using (algorithm.PushSequence())
        {
            if (cipher == ContentCipher.Aes256Gcm)
            {
                algorithm.WriteObjectIdentifier(Aes256GcmOid);
                using (algorithm.PushSequence())
                {
                    algorithm.WriteOctetString(iv);
                    algorithm.WriteInteger(GcmEncryptor.TagLength);
                }
            }
            else
            {
                algorithm.WriteObjectIdentifier(Aes256CbcOid);
                algorithm.WriteOctetString(iv);
            }
        }

        return [.. WriteOid(DataOid), .. algorithm.Encode()];
    }

    private static byte[] WriteOid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    private static int HeaderLength(int length) => length < 0x80 ? 2 : 2 + ((31 - int.LeadingZeroCount(length)) / 8) + 1;

    private static void WriteHeader(ref Span<byte> target, byte tag, int length)
    {
        var size = HeaderLength(length);
        target[0] = tag;
        target[1] = size == 2 ? (byte)length : (byte)(0x80 | (size - 2));
        for (var index = size - 1; index > 1; index--, length >>= 8)
        {
            target[index] = (byte)length;
        }

        target = target[size..];
    }

    private static void Append(ref Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target);
        target = target[bytes.Length..];
    }
}
