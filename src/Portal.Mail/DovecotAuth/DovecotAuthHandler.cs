using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Portal.Mail.DovecotAuth;

/// <summary>Where Kestrel hands over a connection: admits it, runs its session, and sees every end of it.</summary>
internal sealed partial class DovecotAuthHandler(DovecotAuthService service, ILogger<DovecotAuthHandler> logger) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var open = service.Metrics.Opened();
        try
        {
            if (open > service.Options.MaxConnections)
                LogTooMany(connection.ConnectionId);
            else
                await RunAsync(connection);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
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
            service.Metrics.Closed();
        }
    }

    private async Task RunAsync(ConnectionContext connection)
    {
        var shutdown = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var session = new DovecotAuthSession(service, connection.Transport);
        var end = await session.RunAsync(shutdown);
        if (end is not DovecotAuthEnd.Gone)
            LogEnded(connection.ConnectionId, end);
    }
}
