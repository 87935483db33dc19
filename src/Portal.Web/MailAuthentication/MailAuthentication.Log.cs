namespace Portal.Web.MailAuthentication;

internal static partial class MailAuthenticationLog
{
    [LoggerMessage(3401, LogLevel.Warning, "Changes of the pool {Pool} are not heard ({Fault}); it is tried again in a second, and nothing is believed unasked until then.")]
    public static partial void WatchBroken(this ILogger logger, string pool, string fault);

    [LoggerMessage(3402, LogLevel.Warning, "{Sessions} sessions of the pool {Pool} could not be looked at again ({Fault}); it is tried again in a second.")]
    public static partial void SessionsNotRechecked(this ILogger logger, string pool, int sessions, string fault);

    [LoggerMessage(3403, LogLevel.Warning, "{Uses} uses of the pool {Pool} could not be noted ({Fault}); they are kept for the next time.")]
    public static partial void UsesNotNoted(this ILogger logger, string pool, int uses, string fault);

    [LoggerMessage(3404, LogLevel.Error, "{Uses} uses of the pool {Pool} are none that its database takes ({SqlState}); they are told apart, and what stays is dropped.")]
    public static partial void UsesRefused(this ILogger logger, string pool, int uses, string sqlState);
}
