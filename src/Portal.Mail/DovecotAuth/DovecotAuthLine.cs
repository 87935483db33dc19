using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Portal.Mail.DovecotAuth;

/// <summary>"AUTH" TAB id TAB mechanism TAB service=… *( TAB parameter ) [ TAB resp=base64 ] LF</summary>
/// <param name="Response">In base64; null when there is none. Valid as long as the line it lies in.</param>
internal sealed record DovecotAuthLine(
    uint Id, string Mechanism, string Service, IPAddress? RemoteAddress, bool IsSecured, string? LocalName, ReadOnlyMemory<byte>? Response)
{
    /// <param name="fields">The line from its id on.</param>
    /// <returns>Null when there is no id, mechanism or service: such a request cannot be answered.</returns>
    public static DovecotAuthLine? Parse(ReadOnlyMemory<byte> fields)
    {
        if (!TryReadId(TakeField(ref fields).Span, out var id))
            return null;
        var mechanism = Encoding.Latin1.GetString(TakeField(ref fields).Span);
        var line = new DovecotAuthLine(id, mechanism, string.Empty, null, IsSecured: false, null, null);
        // Whatever stands behind resp= is not read: it could come from a user.
        while (!fields.IsEmpty && line.Response is null)
            line = line.With(TakeField(ref fields));
        return line is { Mechanism.Length: > 0, Service.Length: > 0 } ? line : null;
    }

    /// <summary>Digits alone, as an unsigned number of 32 bits.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> field, out uint id) =>
        Utf8Parser.TryParse(field, out id, out var read) && read == field.Length && char.IsAsciiDigit((char)field[0]);

    /// <summary>Up to the next TAB, which goes too.</summary>
    public static ReadOnlyMemory<byte> TakeField(ref ReadOnlyMemory<byte> fields)
    {
        var tab = fields.Span.IndexOf((byte)'\t');
        var field = tab < 0 ? fields : fields[..tab];
        fields = tab < 0 ? default : fields[(tab + 1)..];
        return field;
    }

    /// <summary>Parameters that change nothing here (lip, lport, rport, no-penalty, nologin, session, …) are passed over, unknown ones too.</summary>
    private DovecotAuthLine With(ReadOnlyMemory<byte> parameter)
    {
        var equals = parameter.Span.IndexOf((byte)'=');
        var name = Encoding.Latin1.GetString(equals < 0 ? parameter.Span : parameter.Span[..equals]);
        var value = equals < 0 ? default : parameter[(equals + 1)..];
        return name switch
        {
            "service" => this with { Service = TabEscaping.Decode(value.Span) },
            "rip" => this with { RemoteAddress = AddressFrom(value.Span) },
            "secured" => this with { IsSecured = true },
            "local_name" => this with { LocalName = TabEscaping.Decode(value.Span) },
            // Postfix hands on what it got: "=" is SMTP's way of writing an empty response.
            "resp" => this with { Response = value.Span is [(byte)'='] ? ReadOnlyMemory<byte>.Empty : value },
            _ => this,
        };
    }

    private static IPAddress? AddressFrom(ReadOnlySpan<byte> value)
    {
        if (!IPAddress.TryParse(TabEscaping.Decode(value), out var address))
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
