using System.Formats.Asn1;

namespace Portal.Smime;

/// <summary>
/// RecipientInfos (RFC 5652 section 6.2): two KeyTransRecipientInfo for an RSA key, one KeyAgreeRecipientInfo for one on a curve. Never
/// both in one message: NSS rejects a message whole for a recipient of another kind.
/// </summary>
/// <param name="Encoded">The SET, DER.</param>
/// <param name="AreAllVersion0">Whether each is a KeyTransRecipientInfo that names its certificate by issuer and serial number.</param>
internal sealed record RecipientInfos(byte[] Encoded, bool AreAllVersion0)
{
    private const string RsaEncryptionOid = "1.2.840.113549.1.1.1";
    private const string RsaesOaepOid = "1.2.840.113549.1.1.7";
    private const string Mgf1Oid = "1.2.840.113549.1.1.8";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const string EcPublicKeyOid = "1.2.840.10045.2.1";
    private const string StdDhSha256KdfOid = "1.3.132.1.11.1";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    /// <exception cref="SealingException">A certificate has no key that can be sealed to, or they are of two families.</exception>
    public static RecipientInfos For(IReadOnlyList<MailCertificate> recipients, RecipientNaming naming, byte[] contentKey)
    {
        if (recipients.DistinctBy(static one => one.Family).Skip(1).Any())
        {
            throw new SealingException("The certificates are of two key families; a message is sealed to RSA keys or to EC keys, never to both.");
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        var areAllVersion0 = true;
        using (writer.PushSetOf())
        {
            foreach (var certificate in recipients)
            {
                var keyIdentifier = naming == RecipientNaming.SubjectKeyIdentifier ? certificate.KeyIdentifier : null;
                areAllVersion0 &= keyIdentifier is null && certificate.KeyTransport is not null;
                Write(writer, certificate, keyIdentifier, contentKey);
            }
        }

        return new RecipientInfos(writer.Encode(), areAllVersion0);
    }

    private static void Write(AsnWriter writer, MailCertificate certificate, ReadOnlyMemory<byte>? keyIdentifier, byte[] contentKey)
    {
        try
        {
            WriteFor(writer, certificate, keyIdentifier, contentKey);
        }
        catch (ArgumentException error)
        {
            throw new SealingException($"Certificate {certificate.FingerprintSha256} cannot be named in a message.", error);
        }
    }

    private static void WriteFor(AsnWriter writer, MailCertificate certificate, ReadOnlyMemory<byte>? keyIdentifier, byte[] contentKey)
    {
        if (certificate.KeyTransport is { } transport)
        {
            var (pkcs1, oaep) = transport.Encrypt(contentKey);
            WriteTransport(writer, certificate, keyIdentifier, pkcs1, isOaep: false);
            WriteTransport(writer, certificate, keyIdentifier, oaep, isOaep: true);
        }
        else if (certificate.KeyAgreement is { } agreement)
        {
            WriteAgreement(writer, certificate, keyIdentifier, agreement.Encrypt(contentKey));
        }
        else
        {
            throw new SealingException($"Certificate {certificate.FingerprintSha256} has no key that mail can be sealed to.");
        }
    }

    // KeyTransRecipientInfo, section 6.2.1.
    private static void WriteTransport(AsnWriter writer, MailCertificate certificate, ReadOnlyMemory<byte>? keyIdentifier, byte[] encryptedKey, bool isOaep)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(keyIdentifier is null ? 0 : 2);
            if (keyIdentifier is { } identifier)
            {
                writer.WriteOctetString(identifier.Span, Tag0);
            }
            else
            {
                WriteIssuerAndSerialNumber(writer, certificate);
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(isOaep ? RsaesOaepOid : RsaEncryptionOid);
                if (isOaep)
                {
                    WriteOaepParameters(writer);
                }
                else
                {
                    writer.WriteNull();
                }
            }

            writer.WriteOctetString(encryptedKey);
        }
    }

    // KeyAgreeRecipientInfo, section 6.2.2 and RFC 5753 section 3.1.1, with one recipient each and no ukm.
    private static void WriteAgreement(
        AsnWriter writer, MailCertificate certificate, ReadOnlyMemory<byte>? keyIdentifier, (byte[] EphemeralPoint, byte[] WrappedKey) key)
    {
        using (writer.PushSequence(Tag1))
        {
            writer.WriteInteger(3);
            WriteOriginator(writer, key.EphemeralPoint);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(StdDhSha256KdfOid);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(KeyAgreement.Aes256WrapOid);
                }
            }

            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                WriteAgreementIdentifier(writer, certificate, keyIdentifier);
                writer.WriteOctetString(key.WrappedKey);
            }
        }
    }

    // OriginatorPublicKey; the curve is that of the recipient's key, so its parameters are left out.
    private static void WriteOriginator(AsnWriter writer, byte[] point)
    {
        using (writer.PushSequence(Tag0))
        using (writer.PushSequence(Tag1))
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKeyOid);
            }

            writer.WriteBitString(point);
        }
    }

    // KeyAgreeRecipientIdentifier: rKeyId without date and other.
    private static void WriteAgreementIdentifier(AsnWriter writer, MailCertificate certificate, ReadOnlyMemory<byte>? keyIdentifier)
    {
        if (keyIdentifier is not { } identifier)
        {
            WriteIssuerAndSerialNumber(writer, certificate);
            return;
        }

        using (writer.PushSequence(Tag0))
        {
            writer.WriteOctetString(identifier.Span);
        }
    }

    private static void WriteIssuerAndSerialNumber(AsnWriter writer, MailCertificate certificate)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(certificate.IssuerName.Span);
            writer.WriteEncodedValue(certificate.SerialNumber.Span);
        }
    }

    // RSAES-OAEP-params with SHA-256 for hash and MGF1, RFC 4055 section 4.1.
    private static void WriteOaepParameters(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Tag0))
            {
                WriteSha256(writer);
            }

            using (writer.PushSequence(Tag1))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Mgf1Oid);
                WriteSha256(writer);
            }
        }
    }

    private static void WriteSha256(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sha256Oid);
            writer.WriteNull();
        }
    }
}
