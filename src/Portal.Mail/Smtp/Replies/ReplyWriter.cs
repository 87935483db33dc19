using System.Buffers;
using System.Globalization;
using System.Text;
using Portal.Mail.Backends;

namespace Portal.Mail.Smtp.Replies;

/// <summary>Puts replies on the wire.</summary>
internal static class ReplyWriter
{
    /// <summary>Octets of text in one reply line, so that the line stays within 512 (RFC 5321 section 4.5.3.1.5).</summary>
    private const int MaxTextBytes = 480;

    /// <summary>Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF (RFC 5321 section 4.2).</summary>
    public static void Write(IBufferWriter<byte> output, SmtpReply reply, IReadOnlyList<string>? moreLines, bool withEnhanced)
    {
        var more = moreLines?.Count ?? 0;
        WriteLine(output, reply, reply.Text, isLast: more == 0, withEnhanced);
        for (var i = 0; i < more; i++)
            WriteLine(output, reply, moreLines![i], isLast: i == more - 1, withEnhanced);
    }

    private static void WriteLine(IBufferWriter<byte> output, SmtpReply reply, string text, bool isLast, bool withEnhanced)
    {
        var line = new StringBuilder(64)
            .Append(CultureInfo.InvariantCulture, $"{reply.Code}{(isLast ? ' ' : '-')}");
        if (withEnhanced && reply.Enhanced is { } enhanced)
            line.Append(CultureInfo.InvariantCulture, $"{enhanced} ");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxTextBytes)))
            line.Append(c is >= ' ' and <= '~' ? c : '?');
        line.Append("\r\n");

        var octets = output.GetSpan(line.Length);
        var written = 0;
        foreach (var chunk in line.GetChunks())
            written += Encoding.ASCII.GetBytes(chunk.Span, octets[written..]);
        output.Advance(written);
    }
}
