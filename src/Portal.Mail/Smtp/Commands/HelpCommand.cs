namespace Portal.Mail.Smtp.Commands;

/// <summary>help = "HELP" [ SP String ] CRLF; the same answer for every string (RFC 5321 section 4.1.1.8)</summary>
internal sealed record HelpCommand() : SmtpCommand(SmtpVerb.Help);
