using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Links;

/// <summary>What every use of a one-time link shares: which are good, how one is made, and that it works once.</summary>
internal static class AccountLinkQueries
{
    /// <summary>Unknown, expired, used and taken back look alike.</summary>
    public static readonly Failure Ended = new("link_ended", "This link has ended. It works once and for a limited time; ask for a new one.");

    /// <summary>
    /// The link of the token, if it would be taken now: its account is active and still has the address that the link went to, or the
    /// admin who invited still is one.
    /// </summary>
    public static IQueryable<AccountLink> GoodLinks(this PlatformContext context, AccountLinkKind kind, string? token, DateTimeOffset now)
    {
        var hash = OneTimeToken.Hash(token ?? string.Empty);
        return context.LiveLinks(kind, now).Where(link => link.TokenHash == hash
            && ((link.UserId == null && (link.CreatedBy == null
                    || context.Users.Any(user => user.Id == link.CreatedBy && user.Role == Role.Admin && user.Status == AccountStatus.Active)))
                || context.Users.Any(user => user.Id == link.UserId && user.Status == AccountStatus.Active
                    && (kind == AccountLinkKind.ChangeEmail || user.Email == link.Email))));
    }

    /// <summary>Neither used nor taken back nor expired.</summary>
    public static IQueryable<AccountLink> LiveLinks(this PlatformContext context, AccountLinkKind kind, DateTimeOffset now) =>
        context.AccountLinks.Where(link => link.Kind == kind && link.UsedAt == null && link.RevokedAt == null && link.ExpiresAt > now);

    public static void AddLink(
        this PlatformContext context, AccountLinkKind kind, Guid userId, string email, string token, DateTimeOffset now, TimeSpan life) =>
        context.AccountLinks.Add(new AccountLink
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            TokenHash = OneTimeToken.Hash(token),
            UserId = userId,
            Email = email,
            CreatedAt = now,
            ExpiresAt = now + life,
        });

    /// <returns>False when another use of it came first.</returns>
    public static async Task<bool> UseLinkAsync(this PlatformContext context, Guid linkId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.AccountLinks.Where(link => link.Id == linkId && link.UsedAt == null && link.RevokedAt == null && link.ExpiresAt > now)
            .ExecuteUpdateAsync(link => link.SetProperty(l => l.UsedAt, now), cancellationToken) == 1;

    /// <summary>Takes back the account's links of these kinds that could still be used.</summary>
    /// <returns>How many.</returns>
    public static Task<int> RevokeLinksAsync(
        this PlatformContext context, Guid userId, DateTimeOffset now, CancellationToken cancellationToken, params AccountLinkKind[] kinds) =>
        context.AccountLinks
            .Where(link => link.UserId == userId && kinds.Contains(link.Kind) && link.UsedAt == null && link.RevokedAt == null)
            .ExecuteUpdateAsync(link => link.SetProperty(l => l.RevokedAt, now), cancellationToken);
}
