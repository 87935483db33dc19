using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Audit;

/// <summary>Keeps what a verification found, for the page; those of 30 days.</summary>
public sealed class KeepAuditCheck(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<AuditCheck> HandleAsync(long entries, int heads, long? badSeq, string? fault, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var check = new AuditCheck { Id = Guid.CreateVersion7(now), CheckedAt = now, Entries = entries, Heads = heads, BadSeq = badSeq, Fault = fault };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.AuditChecks.Where(old => old.CheckedAt < now - Kept).ExecuteDeleteAsync(cancellationToken);
        context.Add(check);
        await context.SaveChangesAsync(cancellationToken);
        return check;
    }
}
