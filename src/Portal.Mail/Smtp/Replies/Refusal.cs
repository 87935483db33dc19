using Portal.Mail.Backends;

namespace Portal.Mail.Smtp.Replies;

/// <summary>A reply the protocol makes on its own account, with the stable reason that logs and metrics carry.</summary>
internal sealed record Refusal(SmtpReply Reply, string Reason)
{
    public Refusal(int code, EnhancedStatusCode enhanced, string text, string reason)
        : this(new SmtpReply(code, enhanced, text), reason)
    {
    }
}
