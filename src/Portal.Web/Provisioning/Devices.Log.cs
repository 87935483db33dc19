namespace Portal.Web.Provisioning;

internal static partial class DevicesLog
{
    [LoggerMessage(3321, LogLevel.Information, "Devices: {Passwords} former passwords cleared, {Uses} rows of old uses and {Devices} revoked devices removed.")]
    public static partial void PasswordsPurged(this ILogger logger, int passwords, int uses, int devices);

    [LoggerMessage(3322, LogLevel.Warning, "The purge of former passwords broke off; it goes on within the hour.")]
    public static partial void PasswordPurgeBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3323, LogLevel.Warning, "Telling owners of passwords that end broke off; it goes on in a few minutes.")]
    public static partial void OverlapWarningsBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3324, LogLevel.Warning, "The owner of device {DeviceId} could not be told that its old password ends: {Code}.")]
    public static partial void OverlapNotTold(this ILogger logger, Guid deviceId, string code);
}
