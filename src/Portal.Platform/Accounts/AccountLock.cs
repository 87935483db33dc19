using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts;

/// <summary>Acts on one account's password and second factors go one after another: each judges what the others left.</summary>
internal static class AccountLock
{
    /// <summary>Waits for the account's row and holds it until the caller's transaction ends. Rows that refer to it can still be added.</summary>
    public static Task LockAccountAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT 1 FROM users WHERE id = {userId} FOR NO KEY UPDATE", cancellationToken);
}
