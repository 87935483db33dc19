using System.Formats.Asn1;

namespace Portal.Smime;

/// <summary>
/// RecipientInfos of what a sender has sealed (RFC 5652 section 6.2), each read to its end: key transport by RSA and key agreement by an ephemeral
/// key on a curve, by algorithms that the browser knows. Other kinds, and other ways to write these, are none of ours.
/// </summary>
internal static class SenderRecipients
{
    // As many as the browser reads.
    private const int MostRecipients = 1_000;

    // Of an object identifier, a key identifier or keying material: longer ones are no names but somebody's text.
    private const int LongestName = 64;

    // An RSA key of the largest size that is taken, and the content key of AES-256 wrapped by AES.
    private const int LongestTransported = CertificateChecks.MaximumRsaBits / 8;
    private const int WrappedKeyLength = 40;

    private const string RsaEncryptionOid = "1.2.840.113549.1.1.1";
    private const string RsaesOaepOid = "1.2.840.113549.1.1.7";
    private const string Mgf1Oid = "1.2.840.113549.1.1.8";
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string EcPublicKeyOid = "1.2.840.10045.2.1";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    /// <summary>Those of the certificates that it is sealed to, in their order; null when any recipient is not as expected.</summary>
    /// <exception cref="AsnContentException">It is no BER.</exception>
    public static IReadOnlyList<MailCertificate>? Read(AsnReader infos, IReadOnlyList<MailCertificate> certificates)
    {
        var found = new HashSet<MailCertificate>();
        for (var left = MostRecipients; infos.HasData;)
        {
            var isRead = infos.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)
                ? left-- > 0 && TryReadTransport(infos.ReadSequence(), certificates, found)
                : infos.PeekTag().HasSameClassAndValue(Tag1) && TryReadAgreement(infos.ReadSequence(Tag1), certificates, found, ref left);
            if (!isRead)
            {
                return null;
            }
        }

        return [.. certificates.Where(found.Contains)];
    }

    /// <summary>An object identifier; empty when it is longer than any that is known.</summary>
    public static string ReadOid(AsnReader reader) => reader.PeekEncodedValue().Length > LongestName ? string.Empty : reader.ReadObjectIdentifier();

    // KeyTransRecipientInfo, section 6.2.1: version 2 goes with a key identifier, 0 with a name.
    private static bool TryReadTransport(AsnReader info, IReadOnlyList<MailCertificate> certificates, HashSet<MailCertificate> found)
    {
        if (!info.TryReadInt32(out var version) || Identifier.TryRead(info, version == 2 ? Tag0 : null) is not { } identifier || version is not (0 or 2)
            || !IsTransport(info.ReadSequence()) || !info.TryReadPrimitiveOctetString(out var key) || key.Length is 0 or > LongestTransported || info.HasData)
        {
            return false;
        }

        found.UnionWith(certificates.Where(one => one.KeyTransport is not null && key.Length == (one.KeySize + 7) / 8 && identifier.IsOf(one)));
        return true;
    }

    // RSAES-PKCS1-v1_5 (RFC 3370 section 4.2.1), or RSAES-OAEP (RFC 4055 section 4.1) with one hash for both and no label.
    private static bool IsTransport(AsnReader algorithm)
    {
        switch (ReadOid(algorithm))
        {
            case RsaEncryptionOid:
                return IsNullOrEnd(algorithm);

            case RsaesOaepOid:
                var parameters = algorithm.ReadSequence();
                var hash = ReadOptional(parameters, Tag0, ReadHash);
                var mask = ReadOptional(parameters, Tag1, static mask => ReadOid(mask) == Mgf1Oid ? ReadHash(mask.ReadSequence()) : null);
                return hash is not null && hash == mask && !parameters.HasData && !algorithm.HasData;

            default:
                return false;
        }
    }

    // What is left out is SHA-1.
    private static string? ReadOptional(AsnReader parameters, Asn1Tag tag, Func<AsnReader, string?> read)
    {
        if (!parameters.HasData || !parameters.PeekTag().HasSameClassAndValue(tag))
        {
            return Sha1Oid;
        }

        var outer = parameters.ReadSequence(tag);
        var inner = outer.ReadSequence();
        return !outer.HasData && read(inner) is { } value && !inner.HasData ? value : null;
    }

    // SHA-1, SHA-256, SHA-384 and SHA-512.
    private static string? ReadHash(AsnReader algorithm) =>
        ReadOid(algorithm) is (Sha1Oid or "2.16.840.1.101.3.4.2.1" or "2.16.840.1.101.3.4.2.2" or "2.16.840.1.101.3.4.2.3") and var hash && IsNullOrEnd(algorithm)
            ? hash
            : null;

    // KeyAgreeRecipientInfo, section 6.2.2; it may hold the keys of several recipients.
    private static bool TryReadAgreement(AsnReader info, IReadOnlyList<MailCertificate> certificates, HashSet<MailCertificate> found, ref int left)
    {
        if (!info.TryReadInt32(out var version) || version != 3 || ReadPoint(info.ReadSequence(Tag0)) is not { } point
            || !IsKeyingMaterialOrNone(info) || !IsAgreement(info.ReadSequence()))
        {
            return false;
        }

        var keys = info.ReadSequence();
        while (keys.HasData)
        {
            var one = keys.ReadSequence();
            if (left-- <= 0 || Identifier.TryReadOfAgreement(one) is not { } identifier
                || !one.TryReadPrimitiveOctetString(out var key) || key.Length != WrappedKeyLength || one.HasData)
            {
                return false;
            }

            found.UnionWith(certificates.Where(own => own.KeyAgreement is not null && point == 1 + (own.KeySize / 4) && identifier.IsOf(own)));
        }

        return !info.HasData;
    }

    // originatorKey, an ephemeral public key as an uncompressed point (RFC 5753 section 3.1.1); the length of that.
    private static int? ReadPoint(AsnReader originator)
    {
        var key = originator.ReadSequence(Tag1);
        var algorithm = key.ReadSequence();
        return !originator.HasData && ReadOid(algorithm) == EcPublicKeyOid && IsCurveOrEnd(algorithm)
            && key.TryReadPrimitiveBitString(out var unused, out var point) && unused == 0 && point.Span is [4, ..] and { Length: <= 133 } && !key.HasData
            ? point.Length
            : null;
    }

    private static bool IsCurveOrEnd(AsnReader algorithm) =>
        algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
            ? ReadOid(algorithm).Length > 0 && !algorithm.HasData
            : IsNullOrEnd(algorithm);

    private static bool IsKeyingMaterialOrNone(AsnReader info)
    {
        if (!info.PeekTag().HasSameClassAndValue(Tag1))
        {
            return true;
        }

        var outer = info.ReadSequence(Tag1);
        return outer.TryReadPrimitiveOctetString(out var material) && material.Length <= LongestName && !outer.HasData;
    }

    // dhSinglePass-stdDH and -cofactorDH with SHA-1 and SHA-2 (RFC 5753 section 7.1.4), which wrap by AES.
    private static bool IsAgreement(AsnReader algorithm)
    {
        if (ReadOid(algorithm) is not ("1.3.133.16.840.63.0.2" or "1.3.133.16.840.63.0.3" or "1.3.132.1.11.1" or "1.3.132.1.14.1"
            or "1.3.132.1.11.2" or "1.3.132.1.14.2" or "1.3.132.1.11.3" or "1.3.132.1.14.3"))
        {
            return false;
        }

        var wrap = algorithm.ReadSequence();
        return ReadOid(wrap) is "2.16.840.1.101.3.4.1.5" or "2.16.840.1.101.3.4.1.25" or KeyAgreement.Aes256WrapOid && IsNullOrEnd(wrap) && !algorithm.HasData;
    }

    private static bool IsNullOrEnd(AsnReader algorithm)
    {
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        return !algorithm.HasData;
    }

    /// <summary>A certificate, by its key identifier or else by issuer and serial number, both as complete DER values.</summary>
    private readonly record struct Identifier(ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte> Issuer, ReadOnlyMemory<byte> Serial)
    {
        /// <param name="tag">Of the key identifier; null where a name is expected.</param>
        public static Identifier? TryRead(AsnReader owner, Asn1Tag? tag)
        {
            if (tag is { } expected)
            {
                return owner.TryReadPrimitiveOctetString(out var key, expected) && key.Length is > 0 and <= LongestName ? new Identifier(key, default, default) : null;
            }

            var name = owner.ReadSequence();
            var issuer = name.PeekEncodedValue();
            name.ReadSequence();
            var serial = name.PeekEncodedValue();
            name.ReadIntegerBytes();
            return name.HasData ? null : new Identifier(null, issuer, serial);
        }

        /// <summary>KeyAgreeRecipientIdentifier: rKeyId, without date and other, or a name.</summary>
        public static Identifier? TryReadOfAgreement(AsnReader owner)
        {
            if (!owner.PeekTag().HasSameClassAndValue(Tag0))
            {
                return TryRead(owner, null);
            }

            var identifier = owner.ReadSequence(Tag0);
            return TryRead(identifier, Asn1Tag.PrimitiveOctetString) is { } read && !identifier.HasData ? read : null;
        }

        public bool IsOf(MailCertificate certificate) => Key is { } identifier
            ? certificate.KeyIdentifier is { } own && identifier.Span.SequenceEqual(own.Span)
            : Issuer.Span.SequenceEqual(certificate.IssuerName.Span) && Serial.Span.SequenceEqual(certificate.SerialNumber.Span);
    }
}
