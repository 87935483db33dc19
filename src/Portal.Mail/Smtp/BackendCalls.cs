using System.Buffers;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp;

/// <summary>
/// The border to the host. Whatever goes wrong behind it becomes 451 4.3.0 (454 4.7.0 at a login); the log gets the exception's type
/// and stack but not its message, which may quote content.
/// </summary>
/// <param name="backend">On submission the same object as <paramref name="submission"/>.</param>
/// <param name="submission">Null on intake, where nobody signs in and any sender will do.</param>
internal sealed partial class BackendCalls(
    ISmtpBackend backend,
    ISubmissionBackend? submission,
    SmtpServerOptions options,
    TimeProvider time,
    SmtpMetrics metrics,
    ILogger<BackendCalls> logger)
{
    /// <summary>A login comes with a positive answer, and only with one.</summary>
    public async ValueTask<(Answer Answer, AuthenticatedLogin? Login)> AuthenticateAsync(SmtpPeer peer, SaslCredentials credentials)
    {
        AuthenticatedLogin? login = null;
        var answer = await GuardAsync("authenticate", peer, SubmissionRefusals.AuthUnavailable, async token =>
        {
            var decision = await submission!.AuthenticateAsync(peer, credentials, token);
            login = decision.Login;
            // A yes that names nobody is none; code 0 has it logged and refused like any other impossible reply.
            return decision.Reply is { IsPositive: true } && login is null ? decision.Reply with { Code = 0 } : decision.Reply;
        });
        if (answer.Reply.IsPositive)
            return (answer.Reply.Code == SmtpReplies.SignedIn.Code ? answer : SmtpReplies.SignedIn, login);

        if (login is not null)
            Release(peer, login);
        return (answer.Reply.Code >= 500 ? answer with { Reason = SubmissionRefusals.AuthFailed.Reason } : answer, null);
    }

    public ValueTask<Answer> AcceptSenderAsync(SmtpPeer peer, MailSender sender) => submission is null
        ? new(SmtpReplies.SenderOk)
        : GuardAsync("sender", peer, Refusals.BackendFailed, token => submission.AcceptSenderAsync(peer, sender, token));

    public async ValueTask<(Answer Answer, object? Tag)> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient)
    {
        object? tag = null;
        var answer = await GuardAsync("recipient", peer, Refusals.BackendFailed, async token =>
        {
            var decision = await backend.AcceptRecipientAsync(peer, sender, recipient, token);
            tag = decision.Tag;
            return decision.Reply;
        });
        return (answer, tag);
    }

    /// <summary>Returns only when the backend has: the content must outlive its use, even past the timeout.</summary>
    public ValueTask<Answer> DeliverAsync(MailTransaction transaction, ReadOnlySequence<byte> content)
    {
        metrics.Message(content.Length);
        return GuardAsync("deliver", transaction.Peer, Refusals.BackendFailed, token => backend.DeliverAsync(transaction, content, token));
    }

    public void Observe(SmtpObservation observation)
    {
        if (observation.Kind == SmtpObservationKind.Refused)
            metrics.Refusal(observation.Reason);
        Guard("observe", observation.Peer, () => backend.Observe(observation));
    }

    /// <summary>The session of this login is over.</summary>
    public void Release(SmtpPeer peer, AuthenticatedLogin login) => Guard("release", peer, () => login.Lease?.Dispose());

    private void Guard(string call, SmtpPeer peer, Action act)
    {
        try
        {
            act();
        }
#pragma warning disable CA1031 // The border to the host: nothing of its failures may reach the session.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(peer.SessionId, call, e.GetType().FullName, e.StackTrace);
        }
    }

    private async ValueTask<Answer> GuardAsync(string call, SmtpPeer peer, Refusal failure, Func<CancellationToken, ValueTask<SmtpReply>> act)
    {
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.BackendTimeout, time);
        Answer answer;
        try
        {
            var reply = await act(timeout.Token);
            answer = reply;
            // 3xx and 1xx would leave the peer waiting for something that never comes.
            if (reply.Code is not ((>= 200 and <= 299) or (>= 400 and <= 599)))
            {
                LogBadReply(peer.SessionId, call, reply.Code);
                answer = failure;
            }
        }
#pragma warning disable CA1031 // The border to the host: nothing of its failures may reach the peer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(peer.SessionId, call, e.GetType().FullName, e.StackTrace);
            answer = failure;
            answer = answer with { Reply = answer.Reply with { PrivateCause = e.GetType().Name } };
        }

        metrics.Backend(call, answer.Reply.Code, time.GetElapsedTime(started));
        return answer.Reply.Code == 421 ? answer with { After = AfterReply.Close } : answer;
    }
}
