using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>vrfy = "VRFY" SP String CRLF; the string is not looked at (RFC 5321 sections 4.1.1.6 and 7.3)</summary>
internal sealed record VrfyCommand() : SmtpCommand(SmtpVerb.Vrfy)
{
    public static Parsed Parse(ReadOnlySpan<char> rest) =>
        rest.IsEmpty ? Refusals.ArgumentMissing : new VrfyCommand();
}
