using System.Formats.Asn1;
using Portal.Smime.Tests.Support;

namespace Portal.Smime.Tests.Certificates;

public sealed class MailCertificateTests
{
    public static TheoryData<string> NamesThatAreNoDer => ["serial with a long length", "issuer with a long length", "issuer of no fixed length"];

    [Fact]
    public void TryParse_NamesTakenApartAndPutTogether_IsRead() => Assert.True(MailCertificate.TryParse(With(static serial => serial, static issuer => issuer), out _));

    // They are written into messages as they stand, and those are DER.
    [Theory]
    [MemberData(nameof(NamesThatAreNoDer))]
    public void TryParse_SerialOrIssuerThatIsNoDer_IsNoCertificate(string kind)
    {
        var der = kind switch
        {
            "serial with a long length" => With(static serial => [0x02, 0x81, .. serial.AsSpan(1)], static issuer => issuer),
            "issuer with a long length" => With(static serial => serial, static issuer => [0x30, 0x82, 0, .. issuer.AsSpan(1)]),
            _ => With(static serial => serial, static issuer => [0x30, 0x80, .. issuer.AsSpan(2), 0, 0]),
        };

        Assert.False(MailCertificate.TryParse(der, out _));
        Assert.Equal(CertificateCodes.Unparsable, CertificateReader.Read(null, der).Refusal?.Code);
    }

    // Of a certificate whose names are shorter than 128 bytes; its signature no longer fits, which nobody asks.
    private static byte[] With(Func<byte[], byte[]> serial, Func<byte[], byte[]> issuer)
    {
        var outer = new AsnReader(TestKeys.Second.Certificate.Der, AsnEncodingRules.DER).ReadSequence();
        var body = outer.ReadSequence();
        var (version, number, algorithm, name) = (body.ReadEncodedValue(), body.ReadEncodedValue(), body.ReadEncodedValue(), body.ReadEncodedValue());
        return Tlv.Sequence(
            Tlv.Sequence(version.ToArray(), serial(number.ToArray()), algorithm.ToArray(), issuer(name.ToArray()), Rest(body)), Rest(outer));
    }

    private static byte[] Rest(AsnReader reader)
    {
        var rest = new List<byte>();
        while (reader.HasData)
        {
            rest.AddRange(reader.ReadEncodedValue().Span);
        }

        return [.. rest];
    }
}
