namespace Portal.Web.Provisioning;

internal static partial class NoticesLog
{
    [LoggerMessage(3361, LogLevel.Information, "Notices: {Told} written of addresses that end soon, {Purged} old ones removed.")]
    public static partial void NoticesKept(this ILogger logger, int told, int purged);

    [LoggerMessage(3362, LogLevel.Warning, "Keeping the notices broke off; it goes on within the hour.")]
    public static partial void NoticeKeepingBroken(this ILogger logger, Exception fault);
}
