using System.Formats.Asn1;

namespace Portal.Smime.Tests.Interoperability;

/// <summary>The same message with its recipient infos the other way round, as a sender that does not write DER may order them.</summary>
internal static class RecipientOrder
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    public static byte[] Reverse(ReadOnlyMemory<byte> der)
    {
        var contentInfo = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var oid = contentInfo.ReadObjectIdentifier();
        var enveloped = contentInfo.ReadSequence(Tag0).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(enveloped.ReadEncodedValue().Span);
                var set = enveloped.ReadSetOf();
                var infos = new Stack<ReadOnlyMemory<byte>>();
                while (set.HasData)
                {
                    infos.Push(set.ReadEncodedValue());
                }

                using (writer.PushSetOf())
                {
                    foreach (var info in infos)
                    {
                        writer.WriteEncodedValue(info.Span);
                    }
                }

                while (enveloped.HasData)
                {
                    writer.WriteEncodedValue(enveloped.ReadEncodedValue().Span);
                }
            }
        }

        return writer.Encode();
    }
}
