namespace Portal.Web.Hosting.StoredSettings;

internal static partial class StoredSettingsLog
{
    [LoggerMessage(3601, LogLevel.Warning, "The stored settings could not be read; those read last hold.")]
    public static partial void SettingsUnread(this ILogger logger, Exception fault);
}
