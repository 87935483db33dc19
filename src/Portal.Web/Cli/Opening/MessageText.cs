using System.Globalization;
using System.Text;
using MimeKit;

namespace Portal.Web.Cli.Opening;

/// <summary>A message for the eyes of somebody at a terminal: header fields, the text, names of attachments.</summary>
internal static class MessageText
{
    public static string Of(byte[] message)
    {
        using var stream = new MemoryStream(message, writable: false);
        using var mail = MimeMessage.Load(stream);
        var text = new StringBuilder();
        Field(text, "From", mail.From.ToString());
        Field(text, "To", mail.To.ToString());
        Field(text, "Cc", mail.Cc.ToString());
        Field(text, "Date", mail.Date == DateTimeOffset.MinValue ? null : mail.Date.ToString("ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture));
        Field(text, "Subject", mail.Subject);
        text.AppendLine();
        text.AppendLine(Plain(mail.TextBody ?? (mail.HtmlBody is null ? string.Empty : "This message has no plain text, only HTML. Save it, and open it in a mail program that loads nothing from outside.")));
        foreach (var attachment in mail.Attachments)
            text.AppendLine(CultureInfo.InvariantCulture, $"[Attachment: {OneLine(attachment.ContentDisposition?.FileName ?? attachment.ContentType.Name ?? "without a name")}, {attachment.ContentType.MimeType}]");
        return text.ToString();
    }

    private static void Field(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            text.Append(name).Append(": ").AppendLine(OneLine(value));
    }

    private static string OneLine(string value) => Plain(value).ReplaceLineEndings(" ");

    /// <summary>Without what would steer the terminal or turn the direction of the text: control characters and formatting ones become visible.</summary>
    private static string Plain(string value) =>
        string.Concat(value.Select(letter => letter is '\n' or '\r' or '\t' || !(char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format) ? letter : '\uFFFD'));
}
