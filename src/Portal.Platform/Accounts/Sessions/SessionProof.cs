using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

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
}
