using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>
/// Mail that its sender has sealed already, to a key of the vaultbox and as strongly as we do, can be stored as it came: it is ciphertext, and
/// opens with a key that is known. Its header stands outside as its sender wrote it, for there is no place inside that we can write to.
/// </summary>
public static class SealedBySender
{
    /// <summary>Bytes of a header that may stand outside whole.</summary>
    private const int HeaderLimit = 100 * 1024;

    private static readonly SearchValues<byte> Printable =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static one => (byte)one), (byte)'\t', (byte)'\r', (byte)'\n']);

    /// <summary>
    /// Null for everything else: no S/MIME, PGP, another cipher than AES-256, sealed to others' keys only, or anything unusual in header
    /// or structure. That is to be sealed like any other mail.
    /// </summary>
    /// <param name="request">Of which the policy and the cipher do not count.</param>
    /// <exception cref="SealingException">The portal key cannot be used.</exception>
    public static SealedMessage? TryKeep(SealingRequest request, SealingRoom room)
    {
        using var header = HeaderSection.Read(request.Original, MessageSealer.HeaderLimit);
        if (!IsEnveloped(header) || !CanStandOutside(header))
        {
            return null;
        }

        var body = request.Original.Slice(header.BodyOffset);
        var length = checked((int)body.Length);
        var buffer = room.Rent(length);
        body.CopyTo(buffer);
        SealedMessage? kept = null;
        try
        {
            return kept = Base64.DecodeFromUtf8InPlace(buffer.AsSpan(0, length), out var written) == OperationStatus.Done
                && SenderEnvelope.TryRead(buffer.AsMemory(0, written), request.Recipients) is { } envelope
                ? Keep(request with { Policy = HeaderPolicy.Open, Cipher = envelope.Cipher }, header, buffer, written, envelope)
                : null;
        }
        finally
        {
            // What is not kept may be readable, and buffers go from one message to the next.
            if (kept is null)
            {
                CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
            }
        }
    }

    private static SealedMessage Keep(SealingRequest request, HeaderSection header, byte[] buffer, int length, SenderEnvelope envelope)
    {
        // Text and attachments are inside; what can be seen of them is the envelope.
        var summary = request.PortalKey is { } portalKey
            ? MessageSealer.SealSummary(request, SummaryReader.Read(request, header) with { Text = "", Attachments = [] }, portalKey, envelope.ContentSha256)
            : null;
        return new SealedMessage(buffer, length, isPooled: false)
        {
            OuterHeaders = request.TraceHeaders + FieldsOf(header) + OuterHeaderBlock.Structural(envelope.Cipher),
            Outer = OuterHeaderBlock.Of(request, header).Fields,
            Summary = summary,
            ContentSha256 = Convert.ToHexStringLower(envelope.ContentSha256),
            DerSha256 = Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length))),
            SummarySha256 = summary is null ? null : Convert.ToHexStringLower(SHA256.HashData(summary)),
            Cipher = envelope.Cipher.Name(),
            Fingerprints = [.. envelope.Readers.Select(static one => one.FingerprintSha256)],
            MessageIdHeader = OuterHeaderBlock.RawMessageId(header),
            IsAsItCame = true,
        };
    }

    // RFC 8551 sections 3.2 and 3.2.1, with the name of older software; mail comes without 8-bit lines, so in base64.
    private static bool IsEnveloped(HeaderSection header) =>
        ForeignHeader.ContentType(header) is { } type
        && (type.IsMimeType("application", "pkcs7-mime") || type.IsMimeType("application", "x-pkcs7-mime"))
        && header.Find("Content-Transfer-Encoding") is { } encoding
        && Ascii.EqualsIgnoreCase(header.Value(encoding).Trim(" \t\r\n"u8), "base64"u8)
        && header.Fields.Count(field => IsNamed(header, field, "Content-Type") || IsNamed(header, field, "Content-Transfer-Encoding")) == 2;

    // Fields that are the server's own say nothing false when a sender writes them inside, but outside they would stand beside ours:
    // what a border removes (RFC 8601 section 5), and the receipt of a download.
    private static bool CanStandOutside(HeaderSection header) =>
        header.IsWellFormed && header.BodyOffset <= HeaderLimit
        && header.Find("Authentication-Results") is null && header.Find("Vaultbox-Receipt") is null
        && header.Fields.All(field =>
        {
            var line = header.Buffer.AsSpan(field.Start..field.End);
            return line.EndsWith("\r\n"u8) && !line.ContainsAnyExcept(Printable);
        });

    private static string FieldsOf(HeaderSection header)
    {
        var text = new StringBuilder();
        foreach (var field in header.Fields.Where(field => !IsStructural(header, field)))
        {
            text.Append(Encoding.ASCII.GetString(header.Buffer.AsSpan(field.Start..field.End)));
        }

        return text.ToString();
    }

    private static bool IsStructural(HeaderSection header, HeaderField field) =>
        IsNamed(header, field, "MIME-Version") || (field.NameLength >= 8 && Ascii.EqualsIgnoreCase(header.Buffer.AsSpan(field.Start, 8), "Content-"u8));

    private static bool IsNamed(HeaderSection header, HeaderField field, string name) =>
        Ascii.EqualsIgnoreCase(header.Buffer.AsSpan(field.Start, field.NameLength), name);
}
