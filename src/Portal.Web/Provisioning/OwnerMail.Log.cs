namespace Portal.Web.Provisioning;

internal static partial class OwnerMailLog
{
    [LoggerMessage(3341, LogLevel.Warning, "Writing to owners broke off; it goes on within a minute.")]
    public static partial void OwnerMailBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3342, LogLevel.Warning, "The owner of notice {NoticeId} could not be written to: {Code}.")]
    public static partial void OwnerNotTold(this ILogger logger, Guid noticeId, string code);

    [LoggerMessage(3343, LogLevel.Error, "Nobody was written to about notice {NoticeId}: its kind, {Kind}, has no words.")]
    public static partial void NoticeUnknown(this ILogger logger, Guid noticeId, string kind);

    [LoggerMessage(3344, LogLevel.Error, "Notice {NoticeId} ({Kind}) could not be written to its owner; it is tried again, ever later, for about an hour.")]
    public static partial void NoticeNotWritten(this ILogger logger, Guid noticeId, string kind, Exception fault);
}
