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
public sealed class PurgeProcessingLog(IDbContextFactory<VaultContext> contexts, IOptionsMonitor<ProcessingLogOptions> options, TimeProvider time)
{
    public async Task<PurgedLog> HandleAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var before = today.AddDays(-options.CurrentValue.ProcessingLogDays);
        var since = new DateTimeOffset(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var late = await context.Database.SqlQuery<long>($"SELECT delete_late_email_processing_logs({before}) AS \"Value\"").SingleAsync(cancellationToken);
        var days = new List<string>();
        // One a transaction: each holds the whole log, and all mail that is being written, only while it is dropped.
        while (await context.Database.SqlQuery<string?>($"SELECT drop_email_processing_log_partition({before}) AS \"Value\"").SingleAsync(cancellationToken) is { } day)
            days.Add(day);
        await context.ProcessingLogCounts.Where(c => c.Slot < since).ExecuteDeleteAsync(cancellationToken);
        await context.ProcessingLogSenderCounts.Where(c => c.Hour < since).ExecuteDeleteAsync(cancellationToken);
        return new PurgedLog(days, late);
    }
}
