using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace Portal.EndToEnd.Tests.Support;

/// <summary>A mail with all that real ones have: text, HTML, an inline image, a 5 MB attachment, a subject in three scripts.</summary>
public sealed class AwkwardMail
{
    public const string Subject = "Grüße aus Wien, привет, こんにちは";

    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    public AwkwardMail(string to, string marker)
    {
        Marker = marker;
        Attachment = RandomNumberGenerator.GetBytes(5 * 1024 * 1024);
        var builder = new BodyBuilder { TextBody = $"Hello Mara,\r\nthe word is {marker}.\r\n" };
        var image = builder.LinkedResources.Add("dot.png", Pixel, new ContentType("image", "png"));
        image.ContentId = MimeUtils.GenerateMessageId("sender.example");
        builder.HtmlBody = $"""
            <html><body><h1 style="color:#246">Hello Mara</h1><p>the word is <b>{marker}</b>.</p>
            <img src="cid:{image.ContentId}" alt="dot" width="20" height="20">
            <img src="https://tracker.example/pixel.gif?u=mara" alt="" width="1" height="1">
            <script>fetch('https://tracker.example/script')</script>
            <p onclick="fetch('/api/v1/me')" style="background:url(https://tracker.example/style.png)">End</p></body></html>
            """;
        builder.Attachments.Add("survey-notes.dat", Attachment, new ContentType("application", "octet-stream"));
        var message = new MimeMessage { Subject = Subject, Body = builder.ToMessageBody() };
        message.From.Add(new MailboxAddress("Tomás Árendt", "tomas@sender.example"));
        message.To.Add(new MailboxAddress("Mara", to));
        message.MessageId = MimeUtils.GenerateMessageId("sender.example");
        using var bytes = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, bytes);
        Bytes = bytes.ToArray();
    }

    public string Marker { get; }

    public byte[] Attachment { get; }

    /// <summary>As it is sent, CRLF line endings.</summary>
    public byte[] Bytes { get; }

    /// <summary>A marker that no other text holds.</summary>
    public static string NewMarker() => string.Create(CultureInfo.InvariantCulture, $"zq{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9))}");

    /// <summary>The original with CRLF, whatever a tool did to its last line ending.</summary>
    public string Text => Encoding.ASCII.GetString(Bytes);
}
