namespace Portal.Web.EmbeddedPostgres;

internal static partial class EmbeddedPostgresLog
{
    [LoggerMessage(7001, LogLevel.Information, "PostgreSQL {Major} is ready on 127.0.0.1:{Port}")]
    public static partial void Started(this ILogger logger, int major, int port);

    [LoggerMessage(7002, LogLevel.Warning, "A PostgreSQL server (process {ProcessId}, port {Port}) was left running by a portal that ended without stopping it; stopping it now")]
    public static partial void OrphanFound(this ILogger logger, int processId, int port);

    [LoggerMessage(7003, LogLevel.Error, "The embedded PostgreSQL server is not running; starting it")]
    public static partial void Died(this ILogger logger);

    [LoggerMessage(7004, LogLevel.Information, "The embedded PostgreSQL server runs again")]
    public static partial void StartedAgain(this ILogger logger);

    [LoggerMessage(7005, LogLevel.Error, "The embedded PostgreSQL server did not start: {Reason}")]
    public static partial void StartFailed(this ILogger logger, string reason);
}
