namespace Portal.Web.Provisioning;

internal static partial class DomainMirrorLog
{
    [LoggerMessage(3325, LogLevel.Information, "{Domains} domains are the portal's now, are no longer, or are shared otherwise: the vault's database knows.")]
    public static partial void DomainsMirrored(this ILogger logger, int domains);

    [LoggerMessage(3326, LogLevel.Warning, "The vault's database could not be told which domains are the portal's ({Fault}); it is tried again within half a minute.")]
    public static partial void DomainMirrorBroken(this ILogger logger, string fault);
}
