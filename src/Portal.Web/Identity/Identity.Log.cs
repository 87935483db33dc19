namespace Portal.Web.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(2001, LogLevel.Warning, "A session could not be checked: the platform database does not answer")]
    public static partial void SessionUncheckable(this ILogger logger, Exception fault);

    [LoggerMessage(2002, LogLevel.Warning, "A token could not be checked: the platform database does not answer")]
    public static partial void TokenUncheckable(this ILogger logger, Exception fault);

    [LoggerMessage(2003, LogLevel.Information, "Signed in: account {UserId}, session {SessionId}")]
    public static partial void SignedIn(this ILogger logger, Guid userId, Guid sessionId);

    [LoggerMessage(2004, LogLevel.Information, "Sign-in refused: {Code}")]
    public static partial void SignInRefused(this ILogger logger, string code);

    [LoggerMessage(2005, LogLevel.Information, "Signed out: session {SessionId}")]
    public static partial void SignedOut(this ILogger logger, Guid sessionId);

    [LoggerMessage(2006, LogLevel.Warning, "The first admin was made: account {UserId}")]
    public static partial void FirstAdminMade(this ILogger logger, Guid userId);
}
