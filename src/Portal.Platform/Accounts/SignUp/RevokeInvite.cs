using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.SignUp;

public sealed record RevokeInviteRequest(Guid Id);

public sealed record RevokedInvite(Guid Id, string Email);

/// <summary>Takes an invitation back. An account that was made with it stays; revoking twice is no fault.</summary>
public sealed class RevokeInvite(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private static readonly Failure Used = new("invite_accepted", "This invitation was accepted already. Suspend the account instead.");

    public async Task<Outcome<RevokedInvite>> HandleAsync(Actor actor, RevokeInviteRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var invites = context.AccountLinks.Where(link => link.Id == request.Id && link.Kind == AccountLinkKind.Invite);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var revoked = await invites.Where(link => link.UsedAt == null && link.RevokedAt == null)
            .ExecuteUpdateAsync(link => link.SetProperty(l => l.RevokedAt, now), cancellationToken);
        if (revoked > 0)
            context.Audit(actor, Acts.InviteRevoked, AuditTarget.Of(AuditTarget.InviteKind, request.Id, null), now);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var invite = await invites.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return invite switch
        {
            null => AccountFailures.NotFound,
            { UsedAt: not null } => Used,
            _ => new RevokedInvite(invite.Id, invite.Email),
        };
    }
}
