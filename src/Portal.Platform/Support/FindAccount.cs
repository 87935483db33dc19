using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Support;

/// <param name="Text">All of an e-mail address, or of a motor block’s username.</param>
/// <param name="OwnerId">Whom the vault found by the text; null: nobody.</param>
public sealed record FindAccountRequest(string? Text, Guid? OwnerId);

public sealed record FoundAccount(Guid Id, string Email, bool IsSuspended);

/// <summary>
/// Finds, for support, the one account that a text names exactly. Of a miss nothing is told. Searches are limited, so that a list of
/// addresses cannot be tried.
/// </summary>
public sealed class FindAccount(IDbContextFactory<PlatformContext> contexts, SearchQuota quota)
{
    internal static readonly Failure Nobody = new("nobody_found", "Nobody has exactly this address or username.");
    internal static readonly Failure TooMany = new("too_many_searches", "You have searched often. Wait a minute, then try again.");

    /// <returns>Null when the actor may search now; one search is spent then.</returns>
    public Failure? Refuse(Actor actor)
    {
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        return quota.TryTake(actor.UserId) ? null : TooMany;
    }

    /// <summary>The caller has asked <see cref="Refuse"/>.</summary>
    public async Task<Outcome<FoundAccount>> HandleAsync(Actor actor, FindAccountRequest request, CancellationToken cancellationToken)
    {
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        var text = request.Text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text) || text.Contains('\0', StringComparison.Ordinal))
            return Nobody;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Users.AsNoTracking()
            .Where(user => user.Status != AccountStatus.Deleted
                && (user.Email == text || user.Id == request.OwnerId
                    || context.MotorBlocks.Any(block => block.UserId == user.Id && block.Username == text && block.RevokedAt == null)))
            .OrderByDescending(user => user.Email == text)
            .Select(user => new FoundAccount(user.Id, user.Email!, user.Status == AccountStatus.Suspended))
            .FirstOrDefaultAsync(cancellationToken);
        return found is null ? Nobody : found;
    }
}
