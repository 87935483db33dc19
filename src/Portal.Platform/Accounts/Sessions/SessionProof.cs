using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>Sessions of one account: proved anew, or ended together. In the caller's transaction; nothing is saved or committed here.</summary>
internal static class SessionProof
{
    /// <summary>The person in the session has just proved who they are.</summary>
    /// <returns>False when the session has ended.</returns>
    public static async Task<bool> RenewProofAsync(
        this PlatformContext context, Guid userId, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var renewed = await context.Sessions
            .Where(session => session.Id == sessionId && session.UserId == userId && session.RevokedAt == null)
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.ProvedAt, now), cancellationToken);
        if (renewed == 1)
            await context.AnnounceSessionAsync(sessionId, cancellationToken);
        return renewed == 1;
    }

    /// <param name="keep">The session that goes on; null: all end.</param>
    /// <returns>Which ended: the caller drops them from its cache after the commit, other instances hear of it.</returns>
    public static async Task<IReadOnlyList<Guid>> EndSessionsAsync(
        this PlatformContext context, Guid userId, Guid? keep, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = context.Sessions.Where(session => session.UserId == userId && session.RevokedAt == null && session.Id != keep);
        var ended = await open.Select(session => session.Id).ToListAsync(cancellationToken);
        await context.Sessions.Where(session => ended.Contains(session.Id))
            .ExecuteUpdateAsync(session => session.SetProperty(s => s.RevokedAt, now), cancellationToken);
        await context.AnnounceAccountAsync(userId, cancellationToken);
        return ended;
    }
}
