using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF (RFC 5321 section 4.1.1.2)</summary>
/// <param name="HasParameters">Any ESMTP parameter was given; HELO sessions have none.</param>
internal sealed record MailCommand(MailSender Sender, bool HasParameters) : SmtpCommand(SmtpVerb.Mail)
{
    public static Parsed Parse(ReadOnlySpan<char> rest, bool knowsAuth = false)
    {
        var cursor = new TextCursor(rest);
        if (!cursor.TakeKeyword("FROM:"))
            return Refusals.BadSender;
        cursor.SkipSpaces();
        if (!PathGrammar.TryTakeReversePath(ref cursor, out var path))
            return Refusals.BadSender;

        if (!MailParameters.TryTake(ref cursor, knowsAuth, out var parameters, out var refusal))
            return refusal;
        // RFC 6531 section 3.5: X.6.7 for an address that needs what was not declared.
        if (path is { IsAscii: false } && !parameters.SmtpUtf8)
            return Refusals.SenderNotAscii;

        var sender = new MailSender(
            path?.ToString() ?? string.Empty, parameters.Size, parameters.EightBit, parameters.SmtpUtf8);
        return new MailCommand(sender, parameters.Any);
    }
}
