using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Smime;

internal static class CertificateEmails
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string EmailAddressAttribute = "1.2.840.113549.1.9.1";
    private const string SmtpUtf8Mailbox = "1.3.6.1.5.5.7.8.9";

    /// <summary>rfc822Name and SmtpUTF8Mailbox of the subjectAltName, then emailAddress of the subject (RFC 8550 section 3, RFC 9598).</summary>
    public static List<string> Read(X509Certificate2 x509)
    {
        var found = new List<string>();
        foreach (var extension in x509.Extensions)
        {
            if (extension.Oid?.Value is SubjectAlternativeName)
            {
                AddAlternativeNames(extension.RawData, found);
            }
        }

        foreach (var attribute in x509.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!attribute.HasMultipleElements && attribute.GetSingleElementType().Value is EmailAddressAttribute)
            {
                Add(attribute.GetSingleElementValue(), found);
            }
        }

        return found;
    }

    private static void AddAlternativeNames(byte[] extension, List<string> found)
    {
        var names = new AsnReader(extension, AsnEncodingRules.BER).ReadSequence();
        while (names.HasData)
        {
            var tag = names.PeekTag();
            if (tag.HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 1)))
            {
                Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag), found);
            }
            else if (tag.HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                var other = names.ReadSequence(tag);
                if (other.ReadObjectIdentifier() is SmtpUtf8Mailbox)
                {
                    Add(other.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadCharacterString(UniversalTagNumber.UTF8String), found);
                }
            }
            else
            {
                names.ReadEncodedValue();
            }
        }
    }

    private static void Add(string? address, List<string> found)
    {
        if (!string.IsNullOrWhiteSpace(address) && !found.Contains(address, StringComparer.OrdinalIgnoreCase))
        {
            found.Add(address);
        }
    }
}
