namespace Portal.Mail.Smtp.Commands;

/// <summary>noop = "NOOP" [ SP String ] CRLF; the string is ignored (RFC 5321 section 4.1.1.9)</summary>
internal sealed record NoopCommand() : SmtpCommand(SmtpVerb.Noop);
