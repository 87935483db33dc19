using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Portal.Smime;

/// <summary>
/// What a sender has sealed: EnvelopedData (RFC 5652 section 6.1) or AuthEnvelopedData (RFC 5083), BER, read only so far as to tell that it is
/// as strong as what we make, and who opens it. Anything unusual is none: no attributes that are authenticated, no algorithm but AES-256,
/// no nested pieces.
/// </summary>
internal sealed record SenderEnvelope(ContentCipher Cipher, byte[] ContentSha256, IReadOnlyList<SenderEnvelope.Reader> Readers)
{
    private const int CbcBlock = 16;

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    /// <summary>Null when it is anything else, or something follows it.</summary>
    public static SenderEnvelope? TryRead(ReadOnlyMemory<byte> cms)
    {
        try
        {
            var all = new AsnReader(cms, AsnEncodingRules.BER);
            var contentInfo = all.ReadSequence();
            all.ThrowIfNotEmpty();
            var isAuthenticated = contentInfo.ReadObjectIdentifier() switch
            {
                EnvelopedData.AuthEnvelopedDataOid => true,
                EnvelopedData.EnvelopedDataOid => false,
                _ => (bool?)null,
            };
            return isAuthenticated is { } known ? Read(contentInfo.ReadSequence(Tag0).ReadSequence(), known) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    public bool IsFor(MailCertificate certificate) => Readers.Any(one => one.KeyIdentifier is { } identifier
        ? certificate.KeyIdentifier is { } own && identifier.Span.SequenceEqual(own.Span)
        : one.Issuer.Span.SequenceEqual(certificate.IssuerName.Span) && one.Serial.Span.SequenceEqual(certificate.SerialNumber.Span));

    private static SenderEnvelope? Read(AsnReader enveloped, bool isAuthenticated)
    {
        enveloped.ReadInteger();
        if (enveloped.PeekTag().HasSameClassAndValue(Tag0))
        {
            enveloped.ReadEncodedValue();
        }

        var readers = ReadReaders(enveloped.ReadSetOf(skipSortOrderValidation: true));
        var content = enveloped.ReadSequence();
        if (content.ReadObjectIdentifier() is not EnvelopedData.DataOid || !IsStrong(content.ReadSequence(), isAuthenticated)
            || Hash(content) is not { } hash || (hash.Length % CbcBlock != 0 && !isAuthenticated))
        {
            return null;
        }

        // The mac alone: with attributes, what is authenticated is not what we know.
        if (isAuthenticated && (enveloped.ReadOctetString().Length != GcmEncryptor.TagLength || enveloped.HasData))
        {
            return null;
        }

        return new SenderEnvelope(isAuthenticated ? ContentCipher.Aes256Gcm : ContentCipher.Aes256Cbc, hash.Sha256, readers);
    }

    private static bool IsStrong(AsnReader algorithm, bool isAuthenticated)
    {
        if (algorithm.ReadObjectIdentifier() is var oid && oid != (isAuthenticated ? EnvelopedData.Aes256GcmOid : EnvelopedData.Aes256CbcOid))
        {
            return false;
        }

        if (!isAuthenticated)
        {
            return algorithm.ReadOctetString().Length == CbcBlock;
        }

        var parameters = algorithm.ReadSequence();
        return parameters.ReadOctetString().Length == GcmEncryptor.NonceLength
            && parameters.HasData && parameters.TryReadInt32(out var tagLength) && tagLength == GcmEncryptor.TagLength;
    }

    /// <summary>Over the octets, whether they are one string or come in pieces.</summary>
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
            while (pieces.HasData)
            {
                if (!pieces.TryReadPrimitiveOctetString(out var piece))
                {
                    return null;
                }

                hash.AppendData(piece.Span);
                length += piece.Length;
            }
        }

        return length == 0 ? null : (hash.GetHashAndReset(), length);
    }

    // RecipientInfo, RFC 5652 section 6.2: those for a key of a certificate; the other kinds are none of ours.
    private static List<Reader> ReadReaders(AsnReader infos)
    {
        var readers = new List<Reader>();
        while (infos.HasData)
        {
            if (infos.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            {
                var transport = infos.ReadSequence();
                transport.ReadInteger();
                readers.Add(transport.PeekTag().HasSameClassAndValue(Tag0) ? new Reader(transport.ReadOctetString(Tag0)) : ReadName(transport));
            }
            else if (infos.PeekTag().HasSameClassAndValue(Tag1))
            {
                ReadAgreement(infos.ReadSequence(Tag1), readers);
            }
            else
            {
                infos.ReadEncodedValue();
            }
        }

        return readers;
    }

    private static void ReadAgreement(AsnReader agreement, List<Reader> readers)
    {
        agreement.ReadInteger();
        agreement.ReadEncodedValue();
        if (agreement.PeekTag().HasSameClassAndValue(Tag1))
        {
            agreement.ReadEncodedValue();
        }

        agreement.ReadSequence();
        var keys = agreement.ReadSequence();
        while (keys.HasData)
        {
            var key = keys.ReadSequence();
            readers.Add(key.PeekTag().HasSameClassAndValue(Tag0) ? new Reader(key.ReadSequence(Tag0).ReadOctetString()) : ReadName(key));
        }
    }

    private static Reader ReadName(AsnReader owner)
    {
        var name = owner.ReadSequence();
        return new Reader(null) { Issuer = name.ReadEncodedValue(), Serial = name.ReadEncodedValue() };
    }

    /// <summary>A certificate, by its key identifier or else by issuer and serial number, both as complete DER values.</summary>
    internal sealed record Reader(ReadOnlyMemory<byte>? KeyIdentifier)
    {
        public ReadOnlyMemory<byte> Issuer { get; init; }

        public ReadOnlyMemory<byte> Serial { get; init; }
    }
}
