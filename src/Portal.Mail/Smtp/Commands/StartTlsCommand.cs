namespace Portal.Mail.Smtp.Commands;

/// <summary>"STARTTLS" CRLF, no parameters (RFC 3207 section 4)</summary>
internal sealed record StartTlsCommand() : SmtpCommand(SmtpVerb.StartTls);
