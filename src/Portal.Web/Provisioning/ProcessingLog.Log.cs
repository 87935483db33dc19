namespace Portal.Web.Provisioning;

internal static partial class ProcessingLogLog
{
    [LoggerMessage(3371, LogLevel.Information, "Processing log: {Count} days dropped that were kept long enough ({Partitions}), and {Rows} late rows.")]
    public static partial void LogDaysDropped(this ILogger logger, int count, string partitions, long rows);

    [LoggerMessage(3372, LogLevel.Warning, "Keeping the processing log broke off; it goes on within a minute.")]
    public static partial void LogKeepingBroken(this ILogger logger, Exception fault);
}
