using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.Smtp.Commands;
using Portal.Mail.Smtp.Handlers;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>One connection: reads a command, looks it up in the state table, has it handled, answers.</summary>
internal sealed partial class SmtpSession(
    SmtpService service, SmtpChannel channel, SessionClock clock, IPAddress address, CancellationToken shutdown, ILogger logger) : IDisposable
{
    private readonly List<AcceptedRecipient> _recipients = [];
    private SmtpState _state;
    private int _errors;
    private int _authFailures;
    private CancellationTokenRegistration _onLoginEnded;

    public SmtpService Service => service;

    public SmtpChannel Channel => channel;

    public SessionClock Clock => clock;

    /// <summary>Fires when the host asks connections to end.</summary>
    public CancellationToken Shutdown => shutdown;

    public SmtpPeer Peer { get; set; } = new(Guid.CreateVersion7(), address, null, false, null);

    /// <summary>The peer said HELO: no extensions, no enhanced codes.</summary>
    public bool IsPlainSmtp => Peer is { HeloName: not null, IsEsmtp: false };

    public MailSender? Sender { get; set; }

    public int RecipientCount => _recipients.Count;

    public void AddRecipient(AcceptedRecipient recipient) => _recipients.Add(recipient);

    public MailTransaction? Transaction => Sender is null ? null : new MailTransaction(Peer, Sender, [.. _recipients]);

    /// <summary>The credential was revoked, say: nothing more is done for it.</summary>
    public bool HasLoginEnded => Peer.Login is { Ended.IsCancellationRequested: true };

    public void SignIn(AuthenticatedLogin login)
    {
        Peer = Peer with { Login = login };
        clock.EndWithin(service.Options.SessionTimeout, ClockCause.SessionTooLong);
        // Off the thread of whoever ended the login: it has other sessions to end.
        _onLoginEnded = login.Ended.UnsafeRegister(
            static session => ThreadPool.UnsafeQueueUserWorkItem(clock => clock.End(ClockCause.LoginEnded), ((SmtpSession)session!).Clock, preferLocal: false), this);
    }

    public Answer CountAuthFailure(Answer answer)
    {
        _authFailures++;
        return answer;
    }

    /// <param name="startsInTls">The handshake comes before the greeting.</param>
    public async Task RunAsync(bool startsInTls)
    {
        if (service.LoginTimeout is { } loginTimeout)
            clock.EndWithin(loginTimeout, ClockCause.LoginTimeout);
        if (startsInTls && !await StartTlsAsync(null))
            return;
        _state = service.FirstState(address, isTls: startsInTls);
        service.Backend.Observe(new SmtpObservation(SmtpObservationKind.Connected, Peer, null, "connected", null, null));
        await channel.WriteAsync(SmtpReplies.Greeting(service.Options.HostName), withEnhanced: false);
        while (await ServeAsync(await channel.ReadLineAsync()))
        {
        }
    }

    /// <summary>False when the session is over.</summary>
    private async ValueTask<bool> ServeAsync(CommandLine line)
    {
        switch (line.Status)
        {
            case LineStatus.Line:
                return await AnswerAsync(CommandGrammar.Parse(line.Text, service.KnowsAuth));
            case LineStatus.Secret:
                using (line.Secret)
                    return await AnswerAsync(AuthCommand.Parse(line.Secret!.Memory));
            case LineStatus.Skipped:
                return await CountErrorAsync();
            case LineStatus.Disconnected:
                // The peer may have closed only its own half, and still be reading.
                return await EndAsync();
            default:
                return await FinishAsync(AnswerTo(line.Status), null);
        }
    }

    /// <summary>The answer to what is no line at all.</summary>
    public Answer AnswerTo(LineStatus status) => status switch
    {
        LineStatus.TooLong => Refusals.LineTooLong,
        LineStatus.SecretTooLong => SubmissionRefusals.AuthLineTooLong,
        LineStatus.NotText => Refusals.LineNotText,
        // What one hop takes for one line another takes for two: nothing after it is to be trusted.
        LineStatus.BareLf => Answer.ClosingWith(Refusals.LineBareLf),
        _ => Expiry(),
    };

    /// <summary>421 with the reason the clock or the host has for ending the session.</summary>
    public Answer Expiry() => Answer.ClosingWith(clock.Cause switch
    {
        ClockCause.CommandTimeout => Refusals.CommandTimeout,
        ClockCause.DataTimeout => Refusals.DataTimeout,
        ClockCause.DataTooSlow => Refusals.DataTooSlow,
        ClockCause.TlsTimeout => Refusals.TlsTimeout,
        ClockCause.SessionTooLong => Refusals.SessionTooLong,
        ClockCause.LoginEnded => SubmissionRefusals.LoginEnded,
        ClockCause.LoginTimeout => SubmissionRefusals.LoginTimeout,
        _ => Refusals.ShuttingDown,
    });

    private async ValueTask<bool> AnswerAsync(Parsed parsed)
    {
        if (HasLoginEnded)
            return await FinishAsync(Answer.ClosingWith(SubmissionRefusals.LoginEnded), null);
        if (parsed.Command is not { } command)
            return await FinishAsync(service.States.Gate(_state, parsed.Verb) ?? parsed.Refusal!, null);

        var cell = service.States.Look(_state, command.Verb);
        var answer = cell.Refusal is { } refusal
            ? OutOfOrder(command.Verb, refusal)
            : await SmtpDispatch.HandleAsync(this, command);
        var goesOn = await FinishAsync(answer, command.Verb);

        // The end of DATA ends the transaction, whatever came of it (RFC 5321 section 4.1.1.4).
        if (cell.Refusal is null && (answer.Reply.IsPositive || command.Verb == SmtpVerb.Data))
            MoveTo(cell.Next);
        if (answer.After == AfterReply.StartTls)
            goesOn = await StartTlsAsync(SmtpVerb.StartTls);
        return goesOn;
    }

    /// <summary>A refused DATA with octets behind it: the peer is sending a message that must not be read as commands.</summary>
    private Answer OutOfOrder(SmtpVerb verb, Refusal refusal) =>
        verb is SmtpVerb.Data or SmtpVerb.StartTls && channel.HasMoreInput() ? Answer.ClosingWith(Refusals.EarlyTalker) : refusal;

    private void MoveTo(SmtpState next)
    {
        _state = next;
        if (next is SmtpState.HasSender or SmtpState.HasRecipients)
            return;
        Sender = null;
        _recipients.Clear();
    }

    /// <summary>Writes the answer and tells logs and metrics of it. False when the session is over.</summary>
    private async ValueTask<bool> FinishAsync(Answer answer, SmtpVerb? verb)
    {
        var hangsUp = answer.After == AfterReply.HangUp;
        if (verb is { } known)
            service.Metrics.Command(SmtpVerbs.NameOf(known), answer.Reply.Code);
        if (answer.Reason is { } reason)
            Observe(hangsUp ? null : answer.Reply, reason, verb);
        if (hangsUp)
            return false;

        await channel.WriteAsync(answer, withEnhanced: !IsPlainSmtp);
        if (answer.After == AfterReply.Close)
            return await EndAsync();
        // Of a login also a 4xx: it costs the host as much.
        var isError = answer.Reply.Code >= (verb == SmtpVerb.Auth ? 400 : 500);
        return verb == SmtpVerb.Quit || !isError || await CountErrorAsync();
    }

    private async ValueTask<bool> CountErrorAsync()
    {
        var isTooMany = ++_errors >= service.Options.MaxErrorsPerSession;
        var limit = _authFailures >= service.MaxAuthFailures ? SubmissionRefusals.TooManyAuthFailures : Refusals.TooManyErrors;
        if (!isTooMany && limit == Refusals.TooManyErrors)
            return true;
        Observe(limit.Reply, limit.Reason, null);
        await channel.WriteAsync(limit, withEnhanced: !IsPlainSmtp);
        return await EndAsync();
    }

    private async ValueTask<bool> EndAsync()
    {
        await channel.CloseAsync();
        return false;
    }

    private async ValueTask<bool> StartTlsAsync(SmtpVerb? verb)
    {
        try
        {
            var tlsOptions = service.Tls.CurrentOptions() ?? throw new AuthenticationException("The certificate is gone.");
            await channel.UpgradeAsync(tlsOptions);
            // RFC 3207 section 4.2: everything learnt before is forgotten.
            Peer = new SmtpPeer(Peer.SessionId, Peer.Address, null, false, channel.TlsProtocol);
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            LogTlsFailed(Peer.SessionId, e.GetType().Name);
            var refusal = clock.Cause == ClockCause.TlsTimeout ? Refusals.TlsTimeout : Refusals.TlsFailed;
            Observe(null, refusal.Reason, verb);
            return false;
        }
    }

    private void Observe(SmtpReply? reply, string reason, SmtpVerb? verb) =>
        service.Backend.Observe(new SmtpObservation(
            SmtpObservationKind.Refused, Peer, reply, reason, verb is { } known ? SmtpVerbs.NameOf(known) : null, Transaction));

    public void Dispose()
    {
        _onLoginEnded.Dispose();
        if (Peer.Login is { } login)
            service.Backend.Release(Peer, login);
    }
}
