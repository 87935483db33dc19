using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Encodings;
using MimeKit.Text;

namespace Portal.Smime;

/// <summary>The first words of a text part.</summary>
internal static class TextSnippet
{
    /// <summary>Length in UTF-16 units.</summary>
    public const int Length = 140;

    private const int PlainBytes = 4 * 1024;
    private const int HtmlBytes = 64 * 1024;

    public static string FromPlain(MimePart part, in ReadOnlySequence<byte> body) => SummaryText.OneLine(Decode(part, body, PlainBytes), Length);

    /// <summary>The visible text: tags, styles, scripts and the head left out.</summary>
    public static string FromHtml(MimePart part, in ReadOnlySequence<byte> body)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(Decode(part, body, HtmlBytes)));
        var hidden = HtmlTagId.Unknown;
        while (text.Length < 4 * Length && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                text.Append(' ');
                if (hidden == HtmlTagId.Unknown && !tag.IsEndTag && !tag.IsEmptyElement && tag.Id is HtmlTagId.Head or HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title)
                {
                    hidden = tag.Id;
                }
                else if (tag.IsEndTag && tag.Id == hidden)
                {
                    hidden = HtmlTagId.Unknown;
                }
            }
            else if (token is HtmlDataToken data and not HtmlScriptDataToken && hidden == HtmlTagId.Unknown)
            {
                text.Append(data.Data);
            }
        }

        return SummaryText.OneLine(text.ToString(), Length);
    }

    private static string Decode(MimePart part, in ReadOnlySequence<byte> body, int maximum)
    {
        var head = body.Slice(0, Math.Min(body.Length, maximum));
        var raw = ArrayPool<byte>.Shared.Rent(maximum);
        head.CopyTo(raw);
        IMimeDecoder decoder = part.Encoding switch
        {
            "base64" => new Base64Decoder(),
            "quoted-printable" => new QuotedPrintableDecoder(),
            _ => new PassThroughDecoder(MimeKit.ContentEncoding.Default),
        };
        var decoded = ArrayPool<byte>.Shared.Rent(decoder.EstimateOutputLength((int)head.Length));
        try
        {
            return CharacterSet(part.Charset).GetString(decoded, 0, decoder.Decode(raw, 0, (int)head.Length, decoded));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(raw);
            CryptographicOperations.ZeroMemory(decoded);
            ArrayPool<byte>.Shared.Return(raw);
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    private static Encoding CharacterSet(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return Encoding.UTF8;
        }

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // Unknown or unsafe (UTF-7): most text is legible as UTF-8.
            return Encoding.UTF8;
        }
    }
}
