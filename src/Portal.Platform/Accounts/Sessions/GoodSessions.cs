namespace Portal.Platform.Accounts.Sessions;

internal static class GoodSessions
{
    /// <summary>Sessions that were not ended and have run out of neither their life nor their idle time.</summary>
    public static IQueryable<Session> Good(this IQueryable<Session> sessions, DateTimeOffset now, TimeSpan idleTimeout)
    {
        var idleSince = now - idleTimeout;
        return sessions.Where(session => session.RevokedAt == null && session.ExpiresAt > now && session.LastSeenAt > idleSince);
    }
}
