using Microsoft.Extensions.Logging;
using Portal.Mail.Backends;

namespace Portal.Mail.DovecotAuth;

/// <summary>What all connections share, and the border to the host: whatever goes wrong behind it means "try later".</summary>
internal sealed partial class DovecotAuthService(
    IDovecotAuthBackend backend, DovecotAuthOptions options, DovecotAuthMetrics metrics, TimeProvider time, ILogger<DovecotAuthService> logger)
{
    private long _connections;

    public DovecotAuthOptions Options => options;

    public DovecotAuthMetrics Metrics => metrics;

    public TimeProvider Time => time;

    public long NextConnection() => Interlocked.Increment(ref _connections);

    public async ValueTask<DovecotAuthDecision> AuthenticateAsync(DovecotAuthRequest request)
    {
        var started = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.BackendTimeout, time);
        DovecotAuthDecision decision;
        try
        {
            decision = await backend.AuthenticateAsync(request, timeout.Token);
        }
#pragma warning disable CA1031 // The border to the host: nothing of its failures may reach the client.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e.GetType().FullName, e.StackTrace);
            decision = DovecotAuthDecision.TryLater;
        }

        metrics.Login(decision, time.GetElapsedTime(started));
        return decision;
    }
}
