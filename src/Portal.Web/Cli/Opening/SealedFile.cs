using System.Text;
using MimeKit;
using Portal.Platform;

namespace Portal.Web.Cli.Opening;

/// <summary>A sealed message as people have it in a file: the outer RFC 5322 message, its DER alone, or that as PEM.</summary>
/// <param name="Der">ContentInfo (RFC 5652 section 3).</param>
/// <param name="Receipt">Of the outer message's own field; null where there is none.</param>
internal sealed record SealedFile(byte[] Der, string? Receipt)
{
    /// <summary>Field of a downloaded message that carries its receipt, folded anywhere.</summary>
    public const string ReceiptField = "Vaultbox-Receipt";

    private const byte Sequence = 0x30;

    private static readonly Failure NotSealed = new(
        "not_sealed", "This file is no sealed message. Give the message as it was downloaded (.eml), or its application/pkcs7-mime part (.p7m).");

    public static Outcome<SealedFile> Read(byte[] file)
    {
        if (file is [Sequence, ..])
            return new SealedFile(file, null);
        if (file.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN "u8))
            return ReadPem(Encoding.ASCII.GetString(file));
        return ReadMessage(file);
    }

    private static Outcome<SealedFile> ReadPem(string text) =>
        System.Security.Cryptography.PemEncoding.TryFind(text, out var fields) && text[fields.Label] is "CMS" or "PKCS7"
            ? new SealedFile(Convert.FromBase64String(text[fields.Base64Data]), null)
            : NotSealed;

    private static Outcome<SealedFile> ReadMessage(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            return NotSealed;
        }

        using (message)
        {
            if (message.Body is not MimePart { Content: { } content } part
                || !(part.ContentType.IsMimeType("application", "pkcs7-mime") || part.ContentType.IsMimeType("application", "x-pkcs7-mime")))
                return NotSealed;
            using var der = new MemoryStream();
            content.DecodeTo(der);
            // The portal's own is the last; one before it came with the message.
            var field = message.Headers.LastOrDefault(one => one.Field.Equals(ReceiptField, StringComparison.OrdinalIgnoreCase));
            var receipt = field is null ? null : string.Concat(field.Value.Where(letter => !char.IsWhiteSpace(letter)));
            return new SealedFile(der.ToArray(), receipt);
        }
    }
}
