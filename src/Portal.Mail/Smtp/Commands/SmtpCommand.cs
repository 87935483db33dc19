namespace Portal.Mail.Smtp.Commands;

/// <summary>A parsed command. Immutable; what it holds is within its grammar.</summary>
internal abstract record SmtpCommand(SmtpVerb Verb);
