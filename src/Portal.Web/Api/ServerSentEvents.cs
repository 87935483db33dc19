namespace Portal.Web.Api;

/// <summary>What our event streams share (HTML Standard section 9.2).</summary>
internal static class ServerSentEvents
{
    /// <summary>A comment line this often keeps proxies from closing a quiet stream.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
}
