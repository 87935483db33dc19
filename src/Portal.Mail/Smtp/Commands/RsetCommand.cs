namespace Portal.Mail.Smtp.Commands;

/// <summary>rset = "RSET" CRLF (RFC 5321 section 4.1.1.5)</summary>
internal sealed record RsetCommand() : SmtpCommand(SmtpVerb.Rset);
