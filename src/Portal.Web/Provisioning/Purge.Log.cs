namespace Portal.Web.Provisioning;

internal static partial class PurgeLog
{
    [LoggerMessage(3311, LogLevel.Information, "Account {UserId}: {Vaultboxes} vaultboxes with {Messages} sealed messages ({Octets} octets) destroyed.")]
    public static partial void VaultPurged(this ILogger logger, Guid userId, int vaultboxes, long messages, long octets);

    [LoggerMessage(3312, LogLevel.Information, "Account {UserId} is gone: {Domains} domains removed, {HandedOver} shared ones handed over, record kept for its invoices: {RecordKept}.")]
    public static partial void AccountPurged(this ILogger logger, Guid userId, int domains, int handedOver, bool recordKept);

    [LoggerMessage(3313, LogLevel.Warning, "The purge of deleted accounts broke off; it goes on in a few minutes.")]
    public static partial void PurgeBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3314, LogLevel.Information, "Motor blocks: {Blocks} revoked long ago removed, {Passwords} passwords whose overlap is over wiped, {Uses} notes of use and {Minutes} counts of messages removed.")]
    public static partial void MotorBlocksPurged(this ILogger logger, int blocks, int passwords, int uses, int minutes);

    [LoggerMessage(3315, LogLevel.Warning, "The purge of motor blocks broke off; it goes on in an hour.")]
    public static partial void MotorBlockPurgeBroken(this ILogger logger, Exception fault);
}
