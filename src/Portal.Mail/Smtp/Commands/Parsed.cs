using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>A command, or why the line is none.</summary>
/// <param name="Verb">Also of a command whose argument is refused; null when the line begins with none of our verbs.</param>
internal readonly record struct Parsed(SmtpCommand? Command, Refusal? Refusal, SmtpVerb? Verb = null)
{
    public static implicit operator Parsed(SmtpCommand command) => new(command, null, command.Verb);

    public static implicit operator Parsed(Refusal refusal) => new(null, refusal);
}
