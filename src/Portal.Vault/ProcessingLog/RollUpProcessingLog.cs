using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

/// <summary>
/// Counts the log's quarters of an hour that are over, for charts (<see cref="CountProcessingLog"/>). Not those who write the log do it:
/// all of them would queue at the same few counts. A day at a time; a crash leaves whole days.
/// </summary>
public sealed class RollUpProcessingLog(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>A quarter of an hour is counted so long after its end: what was being stored has been stored or given up.</summary>
    internal static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    /// <summary>Senders' domains counted of an hour, the most frequent; of the rest is noted only that there are more.</summary>
    internal const int MostSenders = 200;

    /// <summary>Counted in one transaction.</summary>
    private static readonly TimeSpan Chunk = TimeSpan.FromDays(1);

    /// <returns>How many quarters of an hour were counted.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var end = LogBuckets.Floor(time.GetUtcNow() - Lag, LogBuckets.Slot);
        var slots = 0;
        while (await NextAsync(end, cancellationToken) is > 0 and var done)
            slots += done;
        return slots;
    }

    /// <summary>Has those quarters of an hour counted again that a row came to late; in the transaction that writes the row.</summary>
    internal static Task<int> ForgetFromAsync(VaultContext context, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        var slot = LogBuckets.Floor(oldest, LogBuckets.Slot);
        return context.ProcessingLogCountings.Where(c => c.CountedUntil > slot)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.CountedUntil, slot), cancellationToken);
    }

    private async Task<int> NextAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // One instance at a time; and a row that comes late waits here, then sets back what was counted without it.
        var counting = await context.ProcessingLogCountings.FromSql($"SELECT * FROM processing_log_countings FOR UPDATE").AsTracking().SingleAsync(cancellationToken);
        var from = counting.CountedUntil;
        var until = end - from > Chunk ? from + Chunk : end;
        if (until <= from)
            return 0;
        await CountSlotsAsync(context, from, until, cancellationToken);
        await CountHoursAsync(context, LogBuckets.Floor(from, LogBuckets.Hour), until, cancellationToken);
        counting.CountedUntil = until;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (int)((until - from) / LogBuckets.Slot);
    }

    private static async Task CountSlotsAsync(VaultContext context, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await context.ProcessingLogCounts.Where(c => c.Slot >= from && c.Slot < until).ExecuteDeleteAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO processing_log_counts (slot, recipient_domain, stage, outcome, smtp_code, enhanced_code, events)
             SELECT date_bin({LogBuckets.Slot}, occurred_at, {LogBuckets.Origin}), coalesce(domain, ''), stage, outcome, coalesce(smtp_code, 0),
                 coalesce(enhanced_code, ''), count(*)
             FROM email_processing_logs LEFT JOIN mail_domains ON domain = recipient_domain
             WHERE occurred_at >= {from} AND occurred_at < {until} GROUP BY 1, 2, 3, 4, 5, 6
             """, cancellationToken);
    }

    /// <summary>The last hour is often not over: it is counted as far as it goes, and again with the next quarter.</summary>
    private static async Task CountHoursAsync(VaultContext context, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await context.ProcessingLogSenderCounts.Where(c => c.Hour >= from && c.Hour < until).ExecuteDeleteAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO processing_log_sender_counts (sender_domain, hour, outcome, events)
             WITH counted AS (
                 SELECT sender_domain, date_bin({LogBuckets.Hour}, occurred_at, {LogBuckets.Origin}) AS hour, outcome, count(*) AS events
                 FROM email_processing_logs
                 WHERE occurred_at >= {from} AND occurred_at < {until} AND sender_domain <> '' AND recipient_domain IS DISTINCT FROM sender_domain
                 GROUP BY 1, 2, 3),
             domains AS (
                 SELECT sender_domain, hour, row_number() OVER (PARTITION BY hour ORDER BY sum(events) DESC, sender_domain) AS place
                 FROM counted GROUP BY 1, 2)
             SELECT CASE WHEN place <= {MostSenders} THEN sender_domain ELSE {ProcessingLogSenderCount.Rest} END, hour, outcome, sum(events)::bigint
             FROM counted JOIN domains USING (sender_domain, hour) GROUP BY 1, 2, 3
             """, cancellationToken);
    }
}
