using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// What a sender has sealed: EnvelopedData (RFC 5652 section 6.1) or AuthEnvelopedData (RFC 5083), BER, read to its end. It is as strong as
/// what we make, is opened by a key that is known, and the browser reads it. Anything unusual is none: no attributes, no originatorInfo, no
/// algorithm but AES-256, no nested pieces, nothing behind any part. Nothing of it is copied.
/// </summary>
/// <param name="Readers">The certificates that it is sealed to, of those that were asked for; at least one.</param>
internal sealed record SenderEnvelope(ContentCipher Cipher, byte[] ContentSha256, IReadOnlyList<MailCertificate> Readers)
{
    private const int CbcBlock = 16;

    // Programs write a thousand bytes a piece and more.
    private const int MostPieces = 100_000;

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    /// <summary>Null when it is anything else, something follows it, or it is sealed to none of these certificates.</summary>
    public static SenderEnvelope? TryRead(ReadOnlyMemory<byte> cms, IReadOnlyList<MailCertificate> certificates)
    {
        try
        {
            var all = new AsnReader(cms, AsnEncodingRules.BER);
            var contentInfo = all.ReadSequence();
            all.ThrowIfNotEmpty();
            var isAuthenticated = SenderRecipients.ReadOid(contentInfo) switch
            {
                EnvelopedData.AuthEnvelopedDataOid => true,
                EnvelopedData.EnvelopedDataOid => false,
                _ => (bool?)null,
            };
            if (isAuthenticated is not { } known)
            {
                return null;
            }

            var content = contentInfo.ReadSequence(Tag0);
            contentInfo.ThrowIfNotEmpty();
            var enveloped = content.ReadSequence();
            content.ThrowIfNotEmpty();
            return Read(enveloped, known, certificates);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static SenderEnvelope? Read(AsnReader enveloped, bool isAuthenticated, IReadOnlyList<MailCertificate> certificates)
    {
        // The versions that the browser knows; originatorInfo would stand between them and the recipients.
        if (!enveloped.TryReadInt32(out var version) || !(isAuthenticated ? version == 0 : version is 0 or 2 or 3 or 4)
            || SenderRecipients.Read(enveloped.ReadSetOf(skipSortOrderValidation: true), certificates) is not { Count: > 0 } readers)
        {
            return null;
        }

        var content = enveloped.ReadSequence();
        if (SenderRecipients.ReadOid(content) is not EnvelopedData.DataOid || !IsStrong(content.ReadSequence(), isAuthenticated)
            || Hash(content) is not { } hash || (hash.Length % CbcBlock != 0 && !isAuthenticated)
            || (isAuthenticated && !(enveloped.TryReadPrimitiveOctetString(out var mac) && mac.Length == GcmEncryptor.TagLength)))
        {
            return null;
        }

        // Attributes: those that are not authenticated stand there in clear; with others, what is authenticated is not what we know.
        enveloped.ThrowIfNotEmpty();
        return new SenderEnvelope(isAuthenticated ? ContentCipher.Aes256Gcm : ContentCipher.Aes256Cbc, hash.Sha256, readers);
    }

    private static bool IsStrong(AsnReader algorithm, bool isAuthenticated)
    {
        if (SenderRecipients.ReadOid(algorithm) != (isAuthenticated ? EnvelopedData.Aes256GcmOid : EnvelopedData.Aes256CbcOid))
        {
            return false;
        }

        if (!isAuthenticated)
        {
            return algorithm.TryReadPrimitiveOctetString(out var iv) && iv.Length == CbcBlock && !algorithm.HasData;
        }

        var parameters = algorithm.ReadSequence();
        return !algorithm.HasData && parameters.TryReadPrimitiveOctetString(out var nonce) && nonce.Length == GcmEncryptor.NonceLength
            && parameters.HasData && parameters.TryReadInt32(out var tagLength) && tagLength == GcmEncryptor.TagLength && !parameters.HasData;
    }

    /// <summary>Over the octets, whether they are one string or come in pieces; null when there are none, or something behind them.</summary>
    private static (byte[] Sha256, long Length)? Hash(AsnReader content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        if (!content.HasData || !content.PeekTag().HasSameClassAndValue(Tag0))
        {
            return null;
        }

        if (content.TryReadPrimitiveOctetString(out var whole, Tag0))
        {
            hash.AppendData(whole.Span);
            length = whole.Length;
        }
        else
        {
            var pieces = content.ReadSequence(Tag0);
            for (var count = 0; pieces.HasData; count++)
            {
                if (count == MostPieces || !pieces.TryReadPrimitiveOctetString(out var piece))
                {
                    return null;
                }

                hash.AppendData(piece.Span);
                length += piece.Length;
            }
        }

        return length == 0 || content.HasData ? null : (hash.GetHashAndReset(), length);
    }
}
