using System.Buffers;
using MimeKit;

namespace Portal.Smime;

/// <summary>One part of a message as its header declares it.</summary>
internal sealed record MimePart
{
    private const int MaximumName = 100;
    private const int MaximumType = 80;

    public required string MediaType { get; init; }

    public required string? Charset { get; init; }

    /// <summary>Content-Transfer-Encoding, lower case.</summary>
    public required string Encoding { get; init; }

    /// <summary>File name; empty when there is none.</summary>
    public required string Name { get; init; }

    /// <summary>Shown as a file, not as text: an attachment, anything named, and anything but text; no signatures, no pictures shown within HTML.</summary>
    public required bool IsAttachment { get; init; }

    /// <summary>Where the body begins.</summary>
    public required SequencePosition Start { get; init; }

    public static MimePart Read(HeaderSection header, ContentType? type, bool isRelated, SequencePosition start)
    {
        var disposition = ForeignHeader.Disposition(header);
        var mediaType = type?.MimeType.ToLowerInvariant() ?? "text/plain";
        var name = disposition?.FileName ?? type?.Name ?? "";
        var isText = type is null || type.IsMimeType("text", "*");
        var isEmbedded = isRelated && disposition?.IsAttachment != true && header.Find("Content-ID") is not null;
        var isSignature = mediaType is "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature";
        return new MimePart
        {
            MediaType = SummaryText.OneLine(mediaType, MaximumType),
            Charset = type?.Charset,
            Encoding = ForeignHeader.Text(header, "Content-Transfer-Encoding")?.Trim().ToLowerInvariant() ?? "",
            Name = SummaryText.OneLine(name, MaximumName),
            IsAttachment = !isEmbedded && !isSignature && (disposition?.IsAttachment == true || name.Length > 0 || !isText),
            Start = start,
        };
    }

    /// <summary>Decoded size in bytes; for base64 it is counted, other encodings are given as they are.</summary>
    public long DecodedSize(in ReadOnlySequence<byte> body)
    {
        if (Encoding is not "base64")
        {
            return body.Length;
        }

        long digits = 0;
        foreach (var piece in body)
        {
            var span = piece.Span;
            digits += span.Length - span.Count((byte)'\n') - span.Count((byte)'\r') - span.Count((byte)'=');
        }

        return digits * 3 / 4;
    }
}
