using System.Buffers;
using System.Text;

namespace Portal.Smime;

/// <summary>
/// Walks the parts of a message (RFC 2046 section 5.1) where it lies, looking at lines that begin with two dashes and at part headers
/// only: time grows with the size, and depth, number of parts and header size are capped. Forwarded messages are one part each.
/// </summary>
internal sealed class MimeOutline
{
    private const int MaximumDepth = 20;
    private const int MaximumParts = 200;
    private const int MaximumPartHeader = 64 * 1024;
    private const int MaximumAttachments = 12;

    // RFC 2046 allows 70; some senders use more.
    private const int MaximumBoundary = 200;

    private readonly ReadOnlySequence<byte> message;
    private readonly List<(byte[] Boundary, bool IsRelated)> open = [];
    private readonly List<SummaryAttachment> attachments = [];
    private MimePart? current;
    private string? plain;
    private string? html;
    private int parts;

    private MimeOutline(in ReadOnlySequence<byte> message) => this.message = message;

    /// <summary>The beginning of the text (from text/plain, else from HTML) and the attachments.</summary>
    public static (string Text, IReadOnlyList<SummaryAttachment> Attachments) Read(in ReadOnlySequence<byte> message, HeaderSection header)
    {
        var outline = new MimeOutline(message);
        outline.Walk(header);
        return (outline.plain ?? outline.html ?? "", outline.attachments);
    }

    private void Walk(HeaderSection header)
    {
        var reader = new SequenceReader<byte>(message);
        reader.Advance(header.BodyOffset);
        Enter(header, reader.Position);
        var isLineStart = true;
        while (open.Count > 0 && parts < MaximumParts && ((isLineStart && reader.IsNext("--"u8)) || TryAdvanceToDashes(ref reader)))
        {
            var delimiter = reader.Position;
            isLineStart = TryMatch(ref reader, out var isClose);
            if (!isLineStart)
            {
                continue;
            }

            Leave(delimiter);
            if (isClose)
            {
                open.RemoveAt(open.Count - 1);
                continue;
            }

            using var partHeader = HeaderSection.Read(reader.UnreadSequence, MaximumPartHeader);
            reader.Advance(partHeader.BodyOffset);
            Enter(partHeader, reader.Position);
        }

        Leave(message.End);
    }

    private void Enter(HeaderSection header, SequencePosition start)
    {
        parts++;
        var type = ForeignHeader.ContentType(header);
        if (type is not null && type.IsMimeType("multipart", "*") && open.Count < MaximumDepth
            && type.Boundary is { Length: > 0 and <= MaximumBoundary } boundary)
        {
            open.Add((Encoding.UTF8.GetBytes(boundary), type.IsMimeType("*", "related")));
            return;
        }

        current = MimePart.Read(header, type, open.Exists(static one => one.IsRelated), start);
    }

    private void Leave(SequencePosition end)
    {
        if (current is not { } part)
        {
            return;
        }

        current = null;
        var body = message.Slice(part.Start, end);
        if (part.IsAttachment)
        {
            if (attachments.Count < MaximumAttachments)
            {
                attachments.Add(new SummaryAttachment(part.Name, part.MediaType, part.DecodedSize(WithoutLastLineEnd(body, isLast: end.Equals(message.End)))));
            }
        }
        else if (part.MediaType is "text/html")
        {
            html ??= TextSnippet.FromHtml(part, body);
        }
        else if (plain is null && TextSnippet.FromPlain(part, body) is { Length: > 0 } text)
        {
            plain = text;
        }
    }

    // The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1).
    private static ReadOnlySequence<byte> WithoutLastLineEnd(in ReadOnlySequence<byte> body, bool isLast)
    {
        if (isLast || body.Length < 2)
        {
            return body;
        }

        Span<byte> end = stackalloc byte[2];
        body.Slice(body.Length - 2).CopyTo(end);
        return body.Slice(0, body.Length - (end[1] != '\n' ? 0 : end[0] == '\r' ? 2 : 1));
    }

    /// <summary>Stands behind two dashes' line afterwards when they are a delimiter of an open multipart; those within it are closed then.</summary>
    private bool TryMatch(ref SequenceReader<byte> reader, out bool isClose)
    {
        Span<byte> window = stackalloc byte[MaximumBoundary + 64];
        reader.Advance(2);
        var rest = reader.UnreadSequence;
        rest = rest.Slice(0, Math.Min(rest.Length, window.Length));
        rest.CopyTo(window);
        var line = window[..(int)rest.Length];
        var lineEnd = line.IndexOf((byte)'\n');
        line = (lineEnd < 0 ? line : line[..lineEnd]).TrimEnd(" \t\r"u8);
        isClose = false;
        for (var depth = open.Count - 1; depth >= 0; depth--)
        {
            var boundary = open[depth].Boundary;
            if (!line.StartsWith(boundary) || line[boundary.Length..] is not ([] or [(byte)'-', (byte)'-']))
            {
                continue;
            }

            isClose = line.Length > boundary.Length;
            open.RemoveRange(depth + 1, open.Count - depth - 1);
            if (!reader.TryAdvanceTo((byte)'\n'))
            {
                reader.AdvanceToEnd();
            }

            return true;
        }

        return false;
    }

    /// <summary>Stands on the next line that begins with two dashes. Searches piece by piece; only the seams are looked at byte by byte.</summary>
    private static bool TryAdvanceToDashes(ref SequenceReader<byte> reader)
    {
        while (!reader.End)
        {
            var span = reader.UnreadSpan;
            var found = span.IndexOf("\n--"u8);
            if (found >= 0)
            {
                reader.Advance(found + 1);
                return true;
            }

            reader.Advance(Math.Max(0, span.Length - 2));
            for (var left = Math.Min(2, span.Length); left > 0 && reader.TryRead(out var last); left--)
            {
                if (last == '\n' && reader.IsNext("--"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
