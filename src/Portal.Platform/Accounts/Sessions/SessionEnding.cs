using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

internal static class SessionEnding
{
    /// <summary>Ends the account's sessions in the caller's transaction and announces it.</summary>
    /// <param name="kept">The one that stays; null: none.</param>
    /// <returns>How many were ended; one that had run out is none of them.</returns>
    public static async Task<int> EndSessionsAsync(
        this PlatformContext context, Guid userId, Guid? kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ended = await context.Sessions
            .Where(session => session.UserId == userId && session.RevokedAt == null && session.ExpiresAt > now && session.Id != kept)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.RevokedAt, now), cancellationToken);
        await context.AnnounceAccountAsync(userId, cancellationToken);
        return ended;
    }
}
