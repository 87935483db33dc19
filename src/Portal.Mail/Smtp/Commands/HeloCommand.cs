using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>helo = "HELO" SP Domain CRLF (RFC 5321 section 4.1.1.1)</summary>
internal sealed record HeloCommand(string Name) : SmtpCommand(SmtpVerb.Helo)
{
    public static Parsed Parse(ReadOnlySpan<char> rest) =>
        HeloName.IsUsable(rest) ? new HeloCommand(rest.ToString()) : Refusals.BadHeloName;
}
