using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>rcpt = "RCPT TO:" ( "&lt;Postmaster@" Domain "&gt;" / "&lt;Postmaster&gt;" / Forward-path ) [SP Rcpt-parameters] CRLF (RFC 5321 section 4.1.1.3)</summary>
/// <param name="IsAscii">False when the address as sent was not ASCII: legal only after MAIL with SMTPUTF8.</param>
internal sealed record RcptCommand(RecipientAddress Recipient, bool IsAscii) : SmtpCommand(SmtpVerb.Rcpt)
{
    public static Parsed Parse(ReadOnlySpan<char> rest)
    {
        var cursor = new TextCursor(rest);
        if (!cursor.TakeKeyword("TO:"))
            return Refusals.BadRecipient;
        cursor.SkipSpaces();
        if (!PathGrammar.TryTakeForwardPath(ref cursor, out var path))
            return Refusals.BadRecipient;

        // No extension we announce has a parameter for RCPT.
        if (!cursor.IsAtEnd)
            return cursor.SkipSpaces() ? Refusals.UnknownParameter : Refusals.BadRecipient;
        return new RcptCommand(new RecipientAddress(path.LocalPart, path.Domain), path.IsAscii);
    }
}
