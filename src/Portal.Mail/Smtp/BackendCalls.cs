using System.Buffers;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;

namespace Portal.Mail.Smtp;

/// <summary>
/// The border to the host. Whatever goes wrong behind it becomes 451 4.3.0; the log gets the exception's type and stack but not its
/// message, which may quote content.
/// </summary>
internal sealed partial class BackendCalls(
    IIntakeBackend backend, SmtpIntakeOptions options, TimeProvider time, SmtpMetrics metrics, ILogger<BackendCalls> logger)
{
    public async ValueTask<(Answer Answer, object? Tag)> AcceptRecipientAsync(
        SmtpPeer peer, MailSender sender, RecipientAddress recipient)
    {
        object? tag = null;
        var answer = await GuardAsync("recipient", peer, async token =>
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
        return GuardAsync("deliver", transaction.Peer, token => backend.DeliverAsync(transaction, content, token));
    }

    public void Observe(SmtpObservation observation)
    {
        if (observation.Kind == SmtpObservationKind.Refused)
            metrics.Refusal(observation.Reason);
        try
        {
            backend.Observe(observation);
        }
#pragma warning disable CA1031 // The border to the host: nothing of its failures may reach the session.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(observation.Peer.SessionId, "observe", e.GetType().FullName, e.StackTrace);
        }
    }

    private async ValueTask<Answer> GuardAsync(string call, SmtpPeer peer, Func<CancellationToken, ValueTask<SmtpReply>> act)
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
                answer = Refusals.BackendFailed;
            }
        }
#pragma warning disable CA1031 // The border to the host: nothing of its failures may reach the peer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(peer.SessionId, call, e.GetType().FullName, e.StackTrace);
            answer = Refusals.BackendFailed;
            answer = answer with { Reply = answer.Reply with { PrivateCause = e.GetType().Name } };
        }

        metrics.Backend(call, answer.Reply.Code, time.GetElapsedTime(started));
        return answer.Reply.Code == 421 ? answer with { After = AfterReply.Close } : answer;
    }
}
