namespace Portal.Web.Provisioning;

internal static partial class VaultboxesLog
{
    [LoggerMessage(3351, LogLevel.Information, "Vaultboxes: {Vaultboxes} that were deleted long ago destroyed, with {Messages} sealed messages ({Octets} octets).")]
    public static partial void VaultboxesPurged(this ILogger logger, int vaultboxes, long messages, long octets);

    [LoggerMessage(3352, LogLevel.Warning, "The purge of deleted vaultboxes broke off; it goes on within the hour.")]
    public static partial void VaultboxPurgeBroken(this ILogger logger, Exception fault);
}
