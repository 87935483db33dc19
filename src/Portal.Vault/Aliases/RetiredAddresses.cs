using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <summary>
/// Addresses that are kept for who had them. On a domain of one account they bind nobody: it is the domain's owner who decides there. One
/// that the platform has said nothing of counts as shared.
/// </summary>
internal static class RetiredAddresses
{
    /// <summary>Those that bind anybody.</summary>
    public static IQueryable<RetiredAddress> Retired(this VaultContext context) =>
        context.RetiredAddresses.Where(r => !context.MailDomains.Any(d => d.Domain == r.Domain && !d.Shared));

    /// <summary>Those that are kept from a user.</summary>
    public static IQueryable<RetiredAddress> RetiredFrom(this VaultContext context, Guid userId) => context.Retired().Where(r => r.UserId != userId);

    /// <summary>
    /// Keeps the addresses of a vaultbox that is being destroyed, in the caller's transaction and before their rows go. A catch-all is none.
    /// </summary>
    public static Task<int> RetireAsync(this VaultContext context, Guid vaultboxId, Guid userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO retired_addresses (domain, local_part, user_id, retired_at)
             SELECT domain, local_part, {userId}, {now} FROM aliases WHERE vaultbox_id = {vaultboxId} AND kind <> 'catch_all' ORDER BY domain, local_part
             ON CONFLICT (domain, local_part) DO UPDATE SET user_id = excluded.user_id, retired_at = excluded.retired_at
             """, cancellationToken);
}
