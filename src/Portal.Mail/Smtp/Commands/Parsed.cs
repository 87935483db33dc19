using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp.Commands;

/// <summary>A command, or why the line is none.</summary>
internal readonly record struct Parsed(SmtpCommand? Command, Refusal? Refusal)
{
    public static implicit operator Parsed(SmtpCommand command) => new(command, null);

    public static implicit operator Parsed(Refusal refusal) => new(null, refusal);
}
