using System.Formats.Asn1;

namespace Portal.Smime.Tests.Support;

/// <summary>ASN.1 written value by value, so that it can be written wrongly too.</summary>
internal static class Tlv
{
    public static byte[] Of(byte tag, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(static part => part)];
        return [tag, .. LengthOf(content.Length), .. content];
    }

    public static byte[] Sequence(params byte[][] parts) => Of(0x30, parts);

    public static byte[] Set(params byte[][] parts) => Of(0x31, parts);

    public static byte[] Octets(byte[] content) => Of(0x04, content);

    public static byte[] Integer(byte value) => Of(0x02, [value]);

    public static byte[] Oid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }

    private static byte[] LengthOf(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
        _ => [0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
    };
}
