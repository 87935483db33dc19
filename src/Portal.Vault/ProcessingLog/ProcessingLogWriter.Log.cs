using Microsoft.Extensions.Logging;

namespace Portal.Vault.ProcessingLog;

internal static partial class ProcessingLogWriterLog
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Count} processing log rows wait: the vault database did not take them")]
    public static partial void WritingFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "{Count} processing log rows were refused by the vault database and are lost")]
    public static partial void RowsRefused(this ILogger logger, int count, Exception exception);
}
