using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;
using Portal.Mail.Smtp.Replies;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>Where Kestrel hands over a connection: admits it, runs its session, and sees every end of it.</summary>
/// <param name="startsInTls">The connection begins with a TLS handshake (RFC 8314 section 3.3).</param>
internal sealed partial class SmtpConnectionHandler(
    SmtpService service, bool startsInTls, ILogger<SmtpConnectionHandler> logger) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var address = AddressOf(connection);
        var verdict = service.Gate.Enter(address);
        service.Metrics.Connection(verdict);
        try
        {
            if (verdict == GateVerdict.Admitted)
                await RunAsync(connection, address);
            else
                await TurnAwayAsync(connection, address, verdict);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or TimeoutException)
        {
            LogConnectionLost(connection.ConnectionId, e.GetType().Name);
        }
#pragma warning disable CA1031 // The outermost loop of a connection.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogSessionFailed(connection.ConnectionId, e.GetType().FullName, e.StackTrace);
        }
        finally
        {
            if (verdict == GateVerdict.Admitted)
                service.Gate.Leave(address);
        }
    }

    private async Task RunAsync(ConnectionContext connection, IPAddress address)
    {
        var shutdown = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var clock = new SessionClock(service.Time, service.Options.SessionTimeout);
        await using var channel = new SmtpChannel(connection, clock, service.Options, shutdown, service.MaxAuthLineBytes);
        using var session = new SmtpSession(service, channel, clock, address, shutdown, logger);
        await session.RunAsync(startsInTls);
    }

    private async Task TurnAwayAsync(ConnectionContext connection, IPAddress address, GateVerdict verdict)
    {
        var refusal = verdict == GateVerdict.PeerFull ? Refusals.PeerConnections : Refusals.AllConnections;
        var peer = new SmtpPeer(Guid.CreateVersion7(), address, null, false, null);
        // Who expects TLS can read no reply in clear, and a handshake is more than we have to spare.
        var reply = startsInTls ? null : refusal.Reply;
        service.Backend.Observe(new SmtpObservation(SmtpObservationKind.Refused, peer, reply, refusal.Reason, null, null));
        if (reply is null)
            return;
        ReplyWriter.Write(connection.Transport.Output, reply, null, withEnhanced: true);
        // One short line into an empty pipe: never waits for the peer.
        await connection.Transport.Output.FlushAsync(connection.ConnectionClosed);
    }

    private static IPAddress AddressOf(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
