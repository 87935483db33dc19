using Microsoft.Extensions.Logging;

namespace Portal.Vault.Messages;

internal static partial class MailArrivalsLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Listening for stored mail was interrupted; trying again")]
    public static partial void ListeningFailed(this ILogger logger, Exception exception);
}
