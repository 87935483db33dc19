using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Tells every instance that what an account may do has changed: PostgreSQL NOTIFY on <see cref="Channel"/>, delivered when the
/// caller's transaction commits. Whoever holds a session, circuit or cached answer of it asks the database again at once.
/// </summary>
internal static class AccountChange
{
    public const string Channel = "platform_accounts";

    /// <summary>What the payload of a look begins with.</summary>
    public const string Look = "look:";

    /// <summary>A session was ended or proved anew.</summary>
    public static Task AnnounceSessionAsync(this PlatformContext context, Guid sessionId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {$"session:{sessionId}"})", cancellationToken);

    /// <summary>A supporter opened a page of the account: its owner is shown it. Nothing that anybody believes of the account has changed.</summary>
    public static Task AnnounceLookAsync(this PlatformContext context, Guid ownerId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {$"{Look}{ownerId}"})", cancellationToken);

    /// <summary>The account's role, state, address, tokens or several of its sessions changed.</summary>
    public static Task AnnounceAccountAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {$"account:{userId}"})", cancellationToken);
}
