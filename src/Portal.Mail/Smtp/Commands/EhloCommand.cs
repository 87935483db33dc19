using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>ehlo = "EHLO" SP ( Domain / address-literal ) CRLF (RFC 5321 section 4.1.1.1)</summary>
internal sealed record EhloCommand(string Name) : SmtpCommand(SmtpVerb.Ehlo)
{
    public static Parsed Parse(ReadOnlySpan<char> rest) =>
        HeloName.IsUsable(rest) ? new EhloCommand(rest.ToString()) : Refusals.BadHeloName;
}
