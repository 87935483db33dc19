using Microsoft.Extensions.Logging;

namespace Portal.Vault.Intake;

internal static partial class DeliverMessageLog
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Error, Message = "Message {PassportId} deferred: the vault database is out of resources ({SqlState})")]
    public static partial void NoRoom(this ILogger logger, Guid passportId, string sqlState);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Error, Message = "Message {PassportId} deferred: the vault database did not store it")]
    public static partial void StoringFailed(this ILogger logger, Guid passportId, Exception exception);

    [LoggerMessage(EventId = 3203, Level = LogLevel.Error, Message = "Message {PassportId} deferred: sealing failed")]
    public static partial void SealingFailed(this ILogger logger, Guid passportId, Exception exception);
}
