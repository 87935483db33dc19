using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Portal.Vault.ProcessingLog;

/// <param name="Days">Names of the partitions that are gone.</param>
/// <param name="Rows">Late rows of the default partition, which is none of a day.</param>
public sealed record PurgedLog(IReadOnlyList<string> Days, long Rows)
{
    public bool IsEmpty => Days.Count == 0 && Rows == 0;
}

/// <summary>
/// Drops the days of the log that have been kept long enough. The service role cannot drop anything: a function of the owner does it, and
/// takes no day younger than a week, whatever it is asked.
/// </summary>
public sealed class PurgeProcessingLog(IDbContextFactory<VaultContext> contexts, IOptions<ProcessingLogOptions> options, TimeProvider time)
{
    public async Task<PurgedLog> HandleAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var before = today.AddDays(-options.Value.ProcessingLogDays);
        var since = new DateTimeOffset(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var dropped = await context.Database.SqlQuery<Dropped>($"SELECT name, row_count AS rows FROM drop_email_processing_log_partitions({before})").ToListAsync(cancellationToken);
        await context.ProcessingLogCounts.Where(c => c.Slot < since).ExecuteDeleteAsync(cancellationToken);
        await context.ProcessingLogSenderCounts.Where(c => c.Hour < since).ExecuteDeleteAsync(cancellationToken);
        return new PurgedLog([.. dropped.Where(d => d.Rows is null).Select(d => d.Name)], dropped.Sum(d => d.Rows ?? 0));
    }

    private sealed record Dropped(string Name, long? Rows);
}
