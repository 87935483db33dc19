using Portal.Mail.Backends;

namespace Portal.Mail.Smtp.Replies;

internal enum AfterReply
{
    Continue,
    Close,
    StartTls,

    /// <summary>Nobody is there to read the reply: it is not written.</summary>
    HangUp,
}

/// <summary>What a handler came to: the reply, and what the session does once it is written.</summary>
/// <param name="Reason">Set when the protocol itself refused.</param>
/// <param name="MoreLines">Lines after the first, as in the answer to EHLO.</param>
internal readonly record struct Answer(
    SmtpReply Reply,
    string? Reason = null,
    AfterReply After = AfterReply.Continue,
    IReadOnlyList<string>? MoreLines = null)
{
    public static implicit operator Answer(SmtpReply reply) => new(reply);

    public static implicit operator Answer(Refusal refusal) => new(refusal.Reply, refusal.Reason);

    public static Answer HangingUp(Refusal refusal) => new(refusal.Reply, refusal.Reason, AfterReply.HangUp);

    public static Answer ClosingWith(Refusal refusal) => new(refusal.Reply, refusal.Reason, AfterReply.Close);
}
