using Microsoft.Extensions.Logging;

namespace Portal.Platform.Accounts.Sessions;

internal static partial class SessionsLog
{
    [LoggerMessage(2101, LogLevel.Warning, "Changes of accounts are not heard at this moment: the platform database does not answer")]
    public static partial void WatchFailed(this ILogger logger, Exception fault);
}
