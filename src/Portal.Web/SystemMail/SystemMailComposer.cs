using System.Globalization;
using Microsoft.Extensions.Options;
using MimeKit;
using Portal.Platform.SystemMail;
using Portal.Web.Hosting;

namespace Portal.Web.SystemMail;

/// <summary>
/// Makes the message that goes out: text and HTML as alternatives (RFC 2046 section 5.1.4), marked as written by a program (RFC 3834
/// section 5). Composed twice it is the same to the last octet, so that a delivery that is repeated is known as one.
/// </summary>
internal sealed class SystemMailComposer(IOptions<SystemMailOptions> options, IOptions<PortalOptions> portal)
{
    public MailboxAddress Sender { get; } =
        options.Value.From is { Length: > 0 } from && SystemMailOptionsValidator.TryReadSender(from, out var given)
            ? given
            : new MailboxAddress("Vaultbox", $"vaultbox@{portal.Value.HostName}");

    public MimeMessage Compose(ClaimedSystemMail mail, SystemMailBody body)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = mail.CreatedAt.ToUniversalTime(),
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{mail.Id:N}@{Sender.Domain}"),
            // In quoted-printable “=” is always followed by two digits or a line's end: no line of a body begins like this.
            Body = new MultipartAlternative(Part("plain", body.Text), Part("html", body.Html)) { Boundary = $"=-{mail.Id:N}" },
        };
        message.From.Add(Sender);
        message.To.Add(new MailboxAddress(string.Empty, mail.Recipient));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
}
