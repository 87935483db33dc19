using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Intake;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Administration;

public sealed record GetMailFlowRequest(VaultActor Actor);

/// <summary>What an admin looks at first: whether mail flows, and why it does not.</summary>
/// <param name="Refusals">Replies that refused or held up mail since <paramref name="Since"/>, the most frequent first; eight at most.</param>
/// <param name="Hours">One for each hour since <paramref name="Since"/> in which a message was sealed, oldest first.</param>
/// <param name="Commit">Of the last messages that this instance stored; null when it stored none.</param>
public sealed record MailFlow(
    DateTimeOffset Since,
    IReadOnlyList<RefusalReason> Refusals,
    IReadOnlyList<HourOfSealing> Hours,
    Percentiles? Commit,
    StoredMail Stored,
    ExpiringKeys Keys);

/// <param name="Outcome"><see cref="LogOutcomes"/>.</param>
/// <param name="Reason">The words that were written most often with these codes.</param>
public sealed record RefusalReason(string Outcome, int? SmtpCode, string? EnhancedCode, string? Reason, long Count);

/// <param name="Hour">Where it begins, UTC.</param>
/// <param name="Sealing">Time in the sealing code.</param>
/// <param name="Storing">From the final dot until the message was written, just before COMMIT.</param>
public sealed record HourOfSealing(DateTimeOffset Hour, long Messages, Percentiles Sealing, Percentiles Storing);

/// <summary>In milliseconds.</summary>
public sealed record Percentiles(double Median, double P95);

/// <param name="Octets">Of sealed mail, those of deleted vaultboxes included until they are destroyed.</param>
public sealed record StoredMail(long Vaultboxes, long Messages, long Octets);

/// <summary>Active vaultboxes by the key that ends first.</summary>
/// <param name="Without">No key that mail can be sealed to: their mail waits.</param>
public sealed record ExpiringKeys(long Without, long In14Days, long In60Days);

/// <summary>The numbers of an admin's overview, over the last 24 hours.</summary>
public sealed class GetMailFlow(IDbContextFactory<VaultContext> contexts, CommitTimes commits, TimeProvider time)
{
    private const int MostReasons = 8;

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public async Task<VaultResult<MailFlow>> HandleAsync(GetMailFlowRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.MayAdminister)
            return VaultProblem.NotFound("page");
        var now = time.GetUtcNow();
        var since = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero) - Window;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new MailFlow(
            since,
            await RefusalsAsync(context, since, cancellationToken),
            await HoursAsync(context, since, cancellationToken),
            commits.Recent(),
            await StoredAsync(context, cancellationToken),
            await KeysAsync(context, now, cancellationToken));
    }

    private static async Task<IReadOnlyList<RefusalReason>> RefusalsAsync(VaultContext context, DateTimeOffset since, CancellationToken cancellationToken) =>
        await context.Database.SqlQuery<RefusalReason>(
            $"""
             SELECT outcome, smtp_code, enhanced_code, mode() WITHIN GROUP (ORDER BY reason) AS reason, count(*) AS count
             FROM email_processing_logs
             WHERE outcome IN ('deferred', 'refused') AND occurred_at >= {since}
             GROUP BY outcome, smtp_code, enhanced_code ORDER BY count(*) DESC, outcome, smtp_code, enhanced_code LIMIT {MostReasons}
             """).ToListAsync(cancellationToken);

    /// <summary>
    /// Times are counted in classes an eighth of an octave wide (9%): one pass over the day without sorting it. What is told is the middle
    /// of the class in which the percentile lies.
    /// </summary>
    private static async Task<IReadOnlyList<HourOfSealing>> HoursAsync(VaultContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var classes = await context.Database.SqlQuery<TimeClass>(
            $"""
             SELECT date_trunc('hour', occurred_at, 'UTC') AS hour, stage, floor(8 * log(2.0, greatest(duration_ms, 0.001)::numeric))::int AS class, count(*) AS count
             FROM email_processing_logs
             WHERE stage IN ('sealed', 'stored') AND duration_ms IS NOT NULL AND occurred_at >= {since}
             GROUP BY 1, 2, 3
             """).ToListAsync(cancellationToken);
        return
        [
            .. classes.GroupBy(c => c.Hour).OrderBy(hour => hour.Key).Select(hour =>
            {
                var (sealing, storing) = (Of(hour, LogStages.Sealed), Of(hour, LogStages.Stored));
                return new HourOfSealing(hour.Key, storing.Sum(c => c.Count), PercentilesOf(sealing), PercentilesOf(storing));
            }),
        ];
    }

    private static List<TimeClass> Of(IEnumerable<TimeClass> classes, string stage) =>
        [.. classes.Where(c => string.Equals(c.Stage, stage, StringComparison.Ordinal)).OrderBy(c => c.Class)];

    private static Percentiles PercentilesOf(List<TimeClass> classes) => new(At(classes, 0.5), At(classes, 0.95));

    private static double At(List<TimeClass> classes, double share)
    {
        var left = classes.Sum(c => c.Count) * share;
        foreach (var found in classes)
        {
            left -= found.Count;
            if (left <= 0)
                return Math.Pow(2, (found.Class + 0.5) / 8);
        }

        return 0;
    }

    private static async Task<StoredMail> StoredAsync(VaultContext context, CancellationToken cancellationToken)
    {
        var mail = await context.Mailboxes.IgnoreQueryFilters().GroupBy(_ => 1)
            .Select(g => new { Messages = g.Sum(m => m.MessageCount), Octets = g.Sum(m => m.Octets) }).SingleOrDefaultAsync(cancellationToken);
        return new StoredMail(await context.Vaultboxes.LongCountAsync(cancellationToken), mail?.Messages ?? 0, mail?.Octets ?? 0);
    }

    private static async Task<ExpiringKeys> KeysAsync(VaultContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (near, soon, used) = (now + TimeSpan.FromDays(14), now + VaultboxRanks.EndsSoon, now - CertificatePolicy.Grace);
        return await context.Database.SqlQuery<ExpiringKeys>(
            $"""
             SELECT count(*) FILTER (WHERE NOT coalesce(keys.usable, false)) AS without,
                 count(*) FILTER (WHERE keys.ends <= {near}) AS in14days,
                 count(*) FILTER (WHERE keys.ends <= {soon}) AS in60days
             FROM vaultboxes v
             CROSS JOIN LATERAL (
                 SELECT bool_or(c.not_before <= {now} AND c.not_after > {used}) AS usable, min(c.not_after) AS ends
                 FROM certificates c
                 WHERE c.vaultbox_id = v.id AND c.certificate_type = 'public' AND c.purpose = 'mail' AND c.status = 'active') keys
             WHERE v.deleted_at IS NULL AND v.status = 'active'
             """).SingleAsync(cancellationToken);
    }

    private sealed record TimeClass(DateTimeOffset Hour, string Stage, int Class, long Count);
}
