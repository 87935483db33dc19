using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Platform.SystemMail;

/// <summary>
/// Wakes whoever delivers when a message of the portal's own was saved: PostgreSQL NOTIFY on <see cref="Channel"/>, by the connection
/// that saved it, so that a surrounding transaction tells at its commit and one that is rolled back tells nobody.
/// </summary>
internal sealed class SystemMailNotice : SaveChangesInterceptor
{
    public const string Channel = "platform_system_mail";

    /// <summary>Keeps nothing of a context, so one serves them all.</summary>
    public static SystemMailNotice Instance { get; } = new();

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformContext context && context.ChangeTracker.Entries<SystemMessage>().Any())
            await context.AnnounceSystemMailAsync(cancellationToken);
        return result;
    }
}

internal static class SystemMailAnnouncement
{
    /// <summary>Some message is due now; told when the caller's transaction commits.</summary>
    public static Task AnnounceSystemMailAsync(this PlatformContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({SystemMailNotice.Channel}, '')", cancellationToken);
}
