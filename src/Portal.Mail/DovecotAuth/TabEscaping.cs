using System.Text;

namespace Portal.Mail.DovecotAuth;

/// <summary>Dovecot's escaping of what would break a line of TAB-separated fields: octet 1, then a letter.</summary>
internal static class TabEscaping
{
    private const char Escape = '\u0001';

    public static string Encode(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\0' => text.Append(Escape).Append('0'),
                Escape => text.Append(Escape).Append('1'),
                '\t' => text.Append(Escape).Append('t'),
                '\r' => text.Append(Escape).Append('r'),
                '\n' => text.Append(Escape).Append('n'),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <summary>An escape before any other letter stands for that letter; one at the end for nothing. Octets that are no UTF-8 become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        var octets = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != Escape)
            {
                octets[length++] = value[i];
                continue;
            }

            if (++i == value.Length)
                break;
            octets[length++] = value[i] switch
            {
                (byte)'0' => 0,
                (byte)'1' => (byte)Escape,
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                // The protocol's document says l, every implementation n.
                (byte)'n' or (byte)'l' => (byte)'\n',
                _ => value[i],
            };
        }

        return Encoding.UTF8.GetString(octets.AsSpan(0, length));
    }
}
