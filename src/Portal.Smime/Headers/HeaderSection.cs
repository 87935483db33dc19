using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>One header field by its offsets: name, value (from behind the colon), and end behind the last line's terminator.</summary>
internal readonly record struct HeaderField(int Start, int NameLength, int ValueStart, int End);

/// <summary>
/// The header section of a message or part, whatever that looks like. Fields are RFC 5322 section 2.2 with obsolete white space before the
/// colon (section 4.5); an mbox <c>From </c> line may come first. The section ends with an empty line, with the first line that is
/// neither a field nor folded, or with the data. Holds a pooled copy of the section only, cleared on Dispose.
/// </summary>
internal sealed class HeaderSection : IDisposable
{
    private readonly byte[] buffer;
    private readonly List<HeaderField> fields = [];
    private bool hasMboxLine;

    private HeaderSection(byte[] pooled) => buffer = pooled;

    /// <summary>Bytes of the section; offsets of fields point into them.</summary>
    public byte[] Buffer => buffer;

    public IReadOnlyList<HeaderField> Fields => fields;

    /// <summary>
    /// Whether it is nothing but fields and ended as a header section ends: with an empty line or with the data. Readers disagree about
    /// what follows anything else.
    /// </summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>Offset of the body in what was read.</summary>
    public int BodyOffset { get; private set; }

    /// <summary>Reads the section; fields that begin or end beyond <paramref name="limit"/> bytes are not seen.</summary>
    public static HeaderSection Read(in ReadOnlySequence<byte> entity, int limit)
    {
        for (var size = Math.Min(8 * 1024, limit); ; size = Math.Min(size * 8, limit))
        {
            var length = (int)Math.Min(entity.Length, size);
            var section = new HeaderSection(ArrayPool<byte>.Shared.Rent(Math.Max(length, 1)));
            entity.Slice(0, length).CopyTo(section.buffer);
            if (section.Parse(length, isAll: length == entity.Length) || size == limit)
            {
                return section;
            }

            section.Dispose();
        }
    }

    /// <summary>The first field of this name, compared without regard to case.</summary>
    public HeaderField? Find(string name)
    {
        foreach (var field in fields)
        {
            if (Ascii.EqualsIgnoreCase(buffer.AsSpan(field.Start, field.NameLength), name))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Raw value, folds and the last line's terminator included.</summary>
    public ReadOnlySpan<byte> Value(HeaderField field) => buffer.AsSpan(field.ValueStart..field.End);

    /// <inheritdoc />
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>False when the section may go on behind the data.</summary>
    private bool Parse(int length, bool isAll)
    {
        var data = buffer.AsSpan(0, length);
        var position = 0;
        while (position < length)
        {
            var lineEnd = data[position..].IndexOf((byte)'\n');
            if (lineEnd < 0 && !isAll)
            {
                break;
            }

            var next = lineEnd < 0 ? length : position + lineEnd + 1;
            var line = WithoutTerminator(data[position..next]);
            if (line.IsEmpty && lineEnd >= 0)
            {
                BodyOffset = next;
                IsWellFormed = !hasMboxLine;
                return true;
            }

            if (!Accept(line, position, next))
            {
                BodyOffset = position;
                return true;
            }

            position = next;
        }

        if (!isAll && fields.Count > 0)
        {
            // The last field may be folded on.
            position = fields[^1].Start;
            fields.RemoveAt(fields.Count - 1);
        }

        BodyOffset = position;
        IsWellFormed = isAll && !hasMboxLine;
        return isAll;
    }

    private static ReadOnlySpan<byte> WithoutTerminator(ReadOnlySpan<byte> line) =>
        line.EndsWith("\r\n"u8) ? line[..^2] : line.EndsWith("\n"u8) ? line[..^1] : line;

    private bool Accept(ReadOnlySpan<byte> line, int start, int end)
    {
        if (!line.IsEmpty && line[0] is (byte)' ' or (byte)'\t')
        {
            if (fields.Count == 0)
            {
                return false;
            }

            fields[^1] = fields[^1] with { End = end };
            return true;
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : line[..colon].TrimEnd(" \t"u8);
        if (name.IsEmpty || name.ContainsAnyExceptInRange((byte)33, (byte)126))
        {
            hasMboxLine = start == 0 && line.StartsWith("From "u8);
            return hasMboxLine;
        }

        fields.Add(new HeaderField(start, name.Length, start + colon + 1, end));
        return true;
    }
}
