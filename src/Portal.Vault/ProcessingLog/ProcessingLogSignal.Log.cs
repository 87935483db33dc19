using Microsoft.Extensions.Logging;

namespace Portal.Vault.ProcessingLog;

internal static partial class ProcessingLogSignalLog
{
    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning, Message = "Watching the processing log was interrupted; trying again")]
    public static partial void SignalInterrupted(this ILogger logger, Exception exception);
}
