using Portal.Mail.Smtp.Data;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp.Handlers;

internal static class DataHandler
{
    public static async ValueTask<Answer> HandleAsync(SmtpSession session)
    {
        var (service, channel) = (session.Service, session.Channel);
        // RFC 2920 section 3.1: DATA is the last of a group, and the message waits for the 354.
        if (channel.HasMoreInput())
            return Answer.ClosingWith(Refusals.EarlyTalker);
        // Only looked at, not set aside: a claim of SIZE costs the peer nothing, octets do.
        if (session.Sender!.DeclaredSize > service.Pool.AvailableBytes)
            return Refusals.OverBudget;

        using var content = new PooledContent(service.Pool);
        var machine = new DataMachine(DataLimits.From(service.Options), content);
        await channel.WriteAsync(SmtpReplies.StartData, withEnhanced: false);

        await using var onShutdown = session.Shutdown.Register(
            () => session.Clock.EndWithin(service.Options.ShutdownGrace, ClockCause.ShuttingDown));
        var end = await DataReceiver.ReceiveAsync(channel, machine, session.Clock, service.Options);
        return end switch
        {
            DataEnd.Disconnected => Answer.HangingUp(Refusals.DisconnectedInData),
            DataEnd.Expired => session.Expiry(),
            DataEnd.Overrun => Answer.ClosingWith(machine.Fault!),
            _ when machine.Fault is { } fault => fault,
            // Nothing more is begun for a login that is over.
            _ when session.HasLoginEnded => Answer.ClosingWith(SubmissionRefusals.LoginEnded),
            _ => await service.Backend.DeliverAsync(session.Transaction!, content.AsSequence()),
        };
    }
}
