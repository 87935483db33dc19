namespace Portal.Web.EmbeddedPostgres;

/// <summary>Looks once a second whether the server lives, and starts it again when it does not, waiting longer after each failure.</summary>
internal sealed class ClusterWatch(ClusterServer server, ILogger logger, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Until cancelled; ends without an exception then.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var wait = Interval;
        while (await WaitAsync(wait, cancellation))
        {
            if (server.Running is not null)
            {
                wait = Interval;
                continue;
            }
            logger.Died();
            wait = await TryStartAsync() ? Interval : Min(wait * 2, LongestWait);
        }
    }

    private async Task<bool> TryStartAsync()
    {
        try
        {
            await server.StartAsync();
            logger.StartedAgain();
            return true;
        }
        catch (SetupRefusedException refused)
        {
            logger.StartFailed(refused.Message);
            return false;
        }
    }

    private async Task<bool> WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        await Task.Delay(wait, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
