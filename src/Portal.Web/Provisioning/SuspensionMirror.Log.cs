namespace Portal.Web.Provisioning;

internal static partial class SuspensionMirrorLog
{
    [LoggerMessage(3321, LogLevel.Information, "{Accounts} accounts may sign in no more, or again: the vault's database knows.")]
    public static partial void SuspensionsMirrored(this ILogger logger, int accounts);

    [LoggerMessage(3322, LogLevel.Warning, "The vault's database could not be told which accounts are suspended ({Fault}); it is tried again within half a minute.")]
    public static partial void MirrorBroken(this ILogger logger, string fault);
}
