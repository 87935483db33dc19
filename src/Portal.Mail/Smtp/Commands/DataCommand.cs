namespace Portal.Mail.Smtp.Commands;

/// <summary>data = "DATA" CRLF (RFC 5321 section 4.1.1.4)</summary>
internal sealed record DataCommand() : SmtpCommand(SmtpVerb.Data);
