using System.Formats.Asn1;

namespace Portal.Smime;

/// <summary>
/// Certificates-only messages, as <c>.p7b</c> and <c>.p7c</c> files hold them: SignedData without signers (RFC 8551 section 3.8,
/// RFC 5652 section 5.1). Whatever is signed in one is not looked at.
/// </summary>
internal static class CertificateBundle
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    /// <summary>The DER of each certificate, in the order of the file; null when it is no SignedData at all.</summary>
    public static List<ReadOnlyMemory<byte>>? TryRead(ReadOnlyMemory<byte> data)
    {
        try
        {
            var content = new AsnReader(data, AsnEncodingRules.BER).ReadSequence();
            if (!content.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) || content.ReadObjectIdentifier() is not SignedDataOid)
            {
                return null;
            }

            var signed = content.ReadSequence(Tag0).ReadSequence();
            signed.ReadInteger();
            signed.ReadSetOf(skipSortOrderValidation: true);
            signed.ReadSequence();
            var found = new List<ReadOnlyMemory<byte>>();
            if (!signed.HasData || !signed.PeekTag().HasSameClassAndValue(Tag0))
            {
                return found;
            }

            var certificates = signed.ReadSetOf(skipSortOrderValidation: true, Tag0);
            while (certificates.HasData)
            {
                // The other choices of CertificateChoices are tagged: attribute certificates and the like.
                var isCertificate = certificates.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence);
                var encoded = certificates.ReadEncodedValue();
                if (isCertificate)
                {
                    found.Add(encoded);
                }
            }

            return found;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
