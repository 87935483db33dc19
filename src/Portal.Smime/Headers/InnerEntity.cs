using System.Text;

namespace Portal.Smime;

/// <summary>
/// The entity that is encrypted: our trace fields and the HP-Outer fields of RFC 9788 section 2.2, then the original with
/// <c>hp="cipher"</c> (section 2.1) folded on to its Content-Type. The original is never copied: the entity is
/// <see cref="Prefix"/>, the original up to <see cref="SplitAt"/>, <see cref="Insertion"/>, the rest of the original.
/// </summary>
/// <param name="Prefix">Fields in front, UTF-8.</param>
/// <param name="SplitAt">Offset in the original.</param>
/// <param name="Insertion">The folded parameter; empty when the Content-Type is ours.</param>
internal sealed record InnerEntity(byte[] Prefix, int SplitAt, byte[] Insertion)
{
    private const string Parameter = "hp=\"cipher\"";

    public static InnerEntity Build(HeaderSection original, string traceHeaders, OuterHeaderBlock outer)
    {
        var prefix = new StringBuilder(traceHeaders);
        var contentType = original.Find("Content-Type");
        if (contentType is null)
        {
            if (original.Find("MIME-Version") is null)
            {
                prefix.Append("MIME-Version: 1.0\r\n");
            }

            prefix.Append("Content-Type: text/plain; charset=us-ascii; ").Append(Parameter).Append("\r\n");
        }

        foreach (var line in outer.NonStructural)
        {
            prefix.Append("HP-Outer: ").Append(line);
        }

        if (original.Fields.Count == 0)
        {
            // Without an empty line the body would be read as header fields.
            prefix.Append("\r\n");
        }

        var insertion = contentType is { } field ? Insert(original, field) : "";
        return new InnerEntity(Encoding.UTF8.GetBytes(prefix.ToString()), contentType?.End ?? 0, Encoding.ASCII.GetBytes(insertion));
    }

    private static string Insert(HeaderSection original, HeaderField contentType)
    {
        var value = original.Value(contentType);
        var text = EndsWithSemicolon(value) ? " " + Parameter : " ; " + Parameter;

        // A message may end inside this very line.
        return value.EndsWith("\n"u8) ? text + "\r\n" : "\r\n" + text;
    }

    /// <summary>True when the last character outside comments and white space is a semicolon.</summary>
    private static bool EndsWithSemicolon(ReadOnlySpan<byte> value)
    {
        var last = (byte)0;
        var depth = 0;
        var quoted = false;
        for (var index = 0; index < value.Length; index++)
        {
            var current = value[index];
            if (current == '\\' && (quoted || depth > 0))
            {
                index++;
            }
            else if (quoted)
            {
                quoted = current != '"';
            }
            else if (current == '(')
            {
                depth++;
            }
            else if (current == ')' && depth > 0)
            {
                depth--;
            }
            else if (depth == 0 && current is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                quoted = current == '"';
                last = current;
            }
        }

        return last == ';';
    }
}
