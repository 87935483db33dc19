namespace Portal.Web.Provisioning;

internal static partial class AliasesLog
{
    [LoggerMessage(3331, LogLevel.Information, "Aliases: {Aliases} that were deleted long ago removed; their addresses are free, on shared domains for who had them.")]
    public static partial void AliasesPurged(this ILogger logger, int aliases);

    [LoggerMessage(3332, LogLevel.Warning, "The purge of deleted aliases broke off; it goes on within the hour.")]
    public static partial void AliasPurgeBroken(this ILogger logger, Exception fault);
}
