namespace Portal.Mail.Smtp.Commands;

/// <summary>quit = "QUIT" CRLF (RFC 5321 section 4.1.1.10)</summary>
internal sealed record QuitCommand() : SmtpCommand(SmtpVerb.Quit);
