using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts.SignUp;

/// <param name="Pending">The new address that waits for its proof; null: none.</param>
/// <param name="PendingUntil">Until when it can be proved.</param>
public sealed record EmailState(string Email, string? Pending, DateTimeOffset? PendingUntil);

/// <summary>The account's address, and the one that it is about to have.</summary>
public sealed class GetEmailState(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<EmailState>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountRead))
            return actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var email = await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        var pending = await context.LiveLinks(AccountLinkKind.ChangeEmail, time.GetUtcNow()).AsNoTracking()
            .Where(link => link.UserId == actor.UserId).OrderByDescending(link => link.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        return new EmailState(email, pending?.Email, pending?.ExpiresAt);
    }
}
