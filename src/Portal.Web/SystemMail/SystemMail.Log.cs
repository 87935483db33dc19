using Portal.Platform.SystemMail;

namespace Portal.Web.SystemMail;

/// <summary>No address, no subject, no text: the row in the database has them for the admin.</summary>
internal static partial class SystemMailLog
{
    [LoggerMessage(3301, LogLevel.Information, "System message {Id} ({Kind}) arrived: {State}.")]
    public static partial void Arrived(this ILogger logger, Guid id, string kind, SystemMessageState state);

    [LoggerMessage(3302, LogLevel.Warning, "System message {Id} ({Kind}) is {State} after try {Attempt}.")]
    public static partial void NotArrived(this ILogger logger, Guid id, string kind, SystemMessageState state, int attempt);

    [LoggerMessage(3303, LogLevel.Information, "{Count} system messages that were held are sent now.")]
    public static partial void Released(this ILogger logger, int count);

    [LoggerMessage(3304, LogLevel.Information, "System messages: {Expired} expired and were wiped, {Deleted} old rows removed.")]
    public static partial void Purged(this ILogger logger, int expired, int deleted);

    [LoggerMessage(3305, LogLevel.Warning, "System messages wait: the platform database does not answer.")]
    public static partial void DatabaseAway(this ILogger logger, Exception fault);
}
