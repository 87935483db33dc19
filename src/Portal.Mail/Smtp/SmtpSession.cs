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
    SmtpIntake intake, SmtpChannel channel, SessionClock clock, IPAddress address, CancellationToken shutdown, ILogger logger)
{
    private readonly List<AcceptedRecipient> _recipients = [];
    private SmtpState _state;
    private int _errors;

    public SmtpIntake Intake => intake;

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

    public async Task RunAsync()
    {
        intake.Backend.Observe(new SmtpObservation(SmtpObservationKind.Connected, Peer, null, "connected", null, null));
        await channel.WriteAsync(SmtpReplies.Greeting(intake.Options.HostName), withEnhanced: false);
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
                return await AnswerAsync(CommandGrammar.Parse(line.Text));
            case LineStatus.TooLong:
                return await FinishAsync(Refusals.LineTooLong, null);
            case LineStatus.NotText:
                return await FinishAsync(Refusals.LineNotText, null);
            case LineStatus.BareLf:
                // What one hop takes for one line another takes for two: nothing after it is to be trusted.
                return await FinishAsync(Answer.ClosingWith(Refusals.LineBareLf), null);
            case LineStatus.Skipped:
                return await CountErrorAsync();
            case LineStatus.Disconnected:
                // The peer may have closed only its own half, and still be reading.
                return await EndAsync();
            default:
                return await FinishAsync(Expiry(), null);
        }
    }

    /// <summary>421 with the reason the clock or the host has for ending the session.</summary>
    public Answer Expiry() => Answer.ClosingWith(clock.Cause switch
    {
        ClockCause.CommandTimeout => Refusals.CommandTimeout,
        ClockCause.DataTimeout => Refusals.DataTimeout,
        ClockCause.DataTooSlow => Refusals.DataTooSlow,
        ClockCause.TlsTimeout => Refusals.TlsTimeout,
        ClockCause.SessionTooLong => Refusals.SessionTooLong,
        _ => Refusals.ShuttingDown,
    });

    private async ValueTask<bool> AnswerAsync(Parsed parsed)
    {
        if (parsed.Command is not { } command)
            return await FinishAsync(parsed.Refusal!, null);

        var cell = SmtpStateTable.Look(_state, command.Verb);
        var answer = cell.Refusal is { } refusal
            ? OutOfOrder(command.Verb, refusal)
            : await SmtpDispatch.HandleAsync(this, command);
        var goesOn = await FinishAsync(answer, command.Verb);

        // The end of DATA ends the transaction, whatever came of it (RFC 5321 section 4.1.1.4).
        if (cell.Refusal is null && (answer.Reply.IsPositive || command.Verb == SmtpVerb.Data))
            MoveTo(cell.Next);
        if (answer.After == AfterReply.StartTls)
            goesOn = await StartTlsAsync();
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
            intake.Metrics.Command(NameOf(known), answer.Reply.Code);
        if (answer.Reason is { } reason)
            Observe(hangsUp ? null : answer.Reply, reason, verb);
        if (hangsUp)
            return false;

        await channel.WriteAsync(answer, withEnhanced: !IsPlainSmtp);
        if (answer.After == AfterReply.Close)
            return await EndAsync();
        return verb == SmtpVerb.Quit || answer.Reply.Code < 500 || await CountErrorAsync();
    }

    private async ValueTask<bool> CountErrorAsync()
    {
        if (++_errors < intake.Options.MaxErrorsPerSession)
            return true;
        Observe(Refusals.TooManyErrors.Reply, Refusals.TooManyErrors.Reason, null);
        await channel.WriteAsync(Refusals.TooManyErrors, withEnhanced: !IsPlainSmtp);
        return await EndAsync();
    }

    private async ValueTask<bool> EndAsync()
    {
        await channel.CloseAsync();
        return false;
    }

    private async ValueTask<bool> StartTlsAsync()
    {
        try
        {
            var tlsOptions = intake.Tls.CurrentOptions() ?? throw new AuthenticationException("The certificate is gone.");
            await channel.UpgradeAsync(tlsOptions);
            // RFC 3207 section 4.2: everything learnt before is forgotten.
            Peer = new SmtpPeer(Peer.SessionId, Peer.Address, null, false, channel.TlsProtocol);
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            LogTlsFailed(Peer.SessionId, e.GetType().Name);
            var refusal = clock.Cause == ClockCause.TlsTimeout ? Refusals.TlsTimeout : Refusals.TlsFailed;
            Observe(null, refusal.Reason, SmtpVerb.StartTls);
            return false;
        }
    }

    private void Observe(SmtpReply? reply, string reason, SmtpVerb? verb) =>
        intake.Backend.Observe(new SmtpObservation(
            SmtpObservationKind.Refused, Peer, reply, reason, verb is { } known ? NameOf(known) : null, Transaction));

    private static string NameOf(SmtpVerb verb) => verb switch
    {
        SmtpVerb.Ehlo => "EHLO",
        SmtpVerb.Helo => "HELO",
        SmtpVerb.Mail => "MAIL",
        SmtpVerb.Rcpt => "RCPT",
        SmtpVerb.Data => "DATA",
        SmtpVerb.Rset => "RSET",
        SmtpVerb.Noop => "NOOP",
        SmtpVerb.Vrfy => "VRFY",
        SmtpVerb.Help => "HELP",
        SmtpVerb.StartTls => "STARTTLS",
        _ => "QUIT",
    };
}
