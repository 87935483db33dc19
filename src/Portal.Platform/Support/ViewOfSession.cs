using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Support;

internal static class ViewOfSession
{
    /// <summary>What the session sees while it is bound to a view.</summary>
    /// <param name="own">The session as its own account has it.</param>
    /// <returns>Null when the view is over, or its supporter has lost the role that it needs: the session is its own again.</returns>
    public static async Task<ValidSession?> FindViewAsync(
        this PlatformContext context, ValidSession own, Guid grantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (own.Role is not (Role.Support or Role.Admin))
            return null;
        return await context.SupportGrants.Open(now)
            .Where(grant => grant.Id == grantId && grant.SupporterId == own.UserId && grant.AnsweredAt != null
                && (grant.Kind == SupportGrantKind.Consent || own.Role == Role.Admin))
            .Join(
                context.Users.Where(user => user.Status != AccountStatus.Deleted),
                grant => grant.OwnerId,
                user => user.Id,
                (grant, user) => new ValidSession(own.SessionId, user.Id, user.Email!, Role.User, own.ExpiresAt, DateTimeOffset.MinValue, user.DeletionDueAt)
                {
                    Support = new SupportView(grant.Id, own.UserId, grant.Kind, grant.Reason, grant.Ticket, grant.AnsweredAt!.Value, grant.EndsAt),
                })
            .SingleOrDefaultAsync(cancellationToken);
    }
}
