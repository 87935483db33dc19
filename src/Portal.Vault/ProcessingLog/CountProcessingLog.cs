using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

/// <param name="Filters">Its limit and cursor do not count; without a beginning it is the last 24 hours.</param>
public sealed record CountProcessingLogRequest(ListProcessingLogRequest Filters);

/// <param name="From">Where the first bar begins: not after the beginning asked for.</param>
/// <param name="To">Where the last bar ends at the latest.</param>
/// <param name="Width">Of each bar.</param>
/// <param name="Bars">One for each width from <paramref name="From"/> on, empty ones too.</param>
public sealed record LogChart(DateTimeOffset From, DateTimeOffset To, TimeSpan Width, IReadOnlyList<LogBar> Bars)
{
    public long Ok => Bars.Sum(bar => bar.Ok);

    public long Deferred => Bars.Sum(bar => bar.Deferred);

    public long Refused => Bars.Sum(bar => bar.Refused);

    public long Events => Ok + Deferred + Refused;
}

/// <param name="At">Where it begins.</param>
public sealed record LogBar(DateTimeOffset At, long Ok, long Deferred, long Refused)
{
    public long Events => Ok + Deferred + Refused;
}

/// <summary>
/// How many events the filters find, over time and by outcome. What is wide (time, step, outcome, code, domain) is taken from the slots that
/// are counted already, and from the log where these do not reach; what is narrow has an index of its own.
/// </summary>
public sealed class CountProcessingLog(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{

    public async Task<VaultResult<LogChart>> HandleAsync(CountProcessingLogRequest request, CancellationToken cancellationToken)
    {
        if (!request.Filters.Actor.Has(VaultScopes.LogsRead))
            return request.Filters.Actor.Refusal;
        var now = time.GetUtcNow();
        var to = request.Filters.To ?? now;
        var from = request.Filters.From ?? Before(to);
        if (LogWindow.Fault(from, to, now) is { } fault)
            return fault;
        var width = LogBuckets.WidthFor(to - from);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var pieces = new List<Piece>();
        foreach (var part in await PartsAsync(context, LogSearch.Read(request.Filters) with { From = from, To = to }, width, cancellationToken))
            pieces.AddRange(await Grouped(part, width).ToListAsync(cancellationToken));
        return Chart(pieces, from, to, width);
    }

    /// <summary>Where the time begins that nobody gave a beginning: 24 hours before its end.</summary>
    internal static DateTimeOffset Before(DateTimeOffset to) => to < LogWindow.Earliest ? to : to.AddHours(-24);

    private static IQueryable<Piece> Grouped(IQueryable<Piece> part, TimeSpan width) => part
        .GroupBy(p => new { At = LogBuckets.Bin(width, p.At, LogBuckets.Origin), p.Outcome })
        .Select(g => new Piece { At = g.Key.At, Outcome = g.Key.Outcome, Events = g.Sum(p => p.Events) });

    /// <summary>What the filters find, as queries without a row in common.</summary>
    private static async Task<IReadOnlyList<IQueryable<Piece>>> PartsAsync(
        VaultContext context, ListProcessingLogRequest filters, TimeSpan width, CancellationToken cancellationToken)
    {
        if (!IsCounted(filters) || width < LogBuckets.Slot)
            return FromLog(context, filters);
        var until = await context.ProcessingLogCountings.Select(c => (DateTimeOffset?)c.CountedUntil).SingleOrDefaultAsync(cancellationToken) ?? DateTimeOffset.MinValue;
        var (from, to) = (filters.From!.Value, filters.To!.Value);
        var domain = LogFilters.Text(filters.Domain);
        var since = domain is null ? from : await CountedSinceAsync(context, domain, from, to, cancellationToken);
        var parts = Split(from, to, since, until, LogBuckets.Slot, (first, last) => FromCounts(context, filters, domain, first, last),
            (first, last) => AsPieces(LogFilters.Branches(context, filters with { From = first, To = last })[0]));
        if (domain is null)
            return parts;
        var isPlain = width >= LogBuckets.Hour && filters.Stages is not { Count: > 0 } && string.IsNullOrWhiteSpace(filters.Code);
        parts.AddRange(Split(from, to, from, isPlain ? until : from, LogBuckets.Hour, (first, last) => FromSenderCounts(context, filters, domain, first, last),
            (first, last) => AsPieces(LogFilters.Branches(context, filters with { From = first, To = last })[1])));
        if (isPlain && await UncountedHoursAsync(context, domain, from, to, until, cancellationToken) is { Count: > 0 } hours)
            parts.Add(AsPieces(InHours(LogFilters.Branches(context, filters with { From = hours[0], To = hours[^1] + LogBuckets.Hour })[1], hours)));
        return parts;
    }

    /// <summary>Recipients' domains are counted since they are domains of this portal: what a stranger typed is in no count.</summary>
    private static async Task<DateTimeOffset> CountedSinceAsync(
        VaultContext context, string domain, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var added = await context.MailDomains.Where(d => d.Domain == domain).Select(d => (DateTimeOffset?)d.AddedAt).SingleOrDefaultAsync(cancellationToken) ?? to;
        return added < from ? from : added > to ? to : added;
    }

    /// <summary>Hours that had more senders' domains than are counted, where this one is not among them; oldest first.</summary>
    private static Task<List<DateTimeOffset>> UncountedHoursAsync(
        VaultContext context, string domain, DateTimeOffset from, DateTimeOffset to, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (first, last) = Whole(from, to, until, LogBuckets.Hour);
        return context.ProcessingLogSenderCounts
            .Where(c => c.SenderDomain == ProcessingLogSenderCount.Rest && c.Hour >= first && c.Hour < last
                && !context.ProcessingLogSenderCounts.Any(own => own.SenderDomain == domain && own.Hour == c.Hour))
            .OrderBy(c => c.Hour).Select(c => c.Hour).ToListAsync(cancellationToken);
    }

    private static IQueryable<ProcessingLogEntry> InHours(IQueryable<ProcessingLogEntry> rows, List<DateTimeOffset> hours) =>
        rows.Where(l => hours.Contains(LogBuckets.Bin(LogBuckets.Hour, l.OccurredAt, LogBuckets.Origin)));

    /// <summary>The whole slots of the time that are counted; none when the last is not behind the first.</summary>
    private static (DateTimeOffset First, DateTimeOffset Last) Whole(DateTimeOffset from, DateTimeOffset to, DateTimeOffset until, TimeSpan slot) =>
        (LogBuckets.Ceiling(from, slot), LogBuckets.Floor(until < to ? until : to, slot));

    /// <summary>Whole slots are taken from what is counted, as far as that reaches; the time before and behind them from the log.</summary>
    private static List<IQueryable<Piece>> Split(
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset countedSince,
        DateTimeOffset countedUntil,
        TimeSpan slot,
        Func<DateTimeOffset, DateTimeOffset, IQueryable<Piece>> counted,
        Func<DateTimeOffset, DateTimeOffset, IQueryable<Piece>> logged)
    {
        var (first, last) = Whole(countedSince, to, countedUntil, slot);
        if (last <= first)
            return [logged(from, to)];
        var parts = new List<IQueryable<Piece>> { counted(first, last) };
        if (from < first)
            parts.Add(logged(from, first));
        if (last < to)
            parts.Add(logged(last, to));
        return parts;
    }

    private static bool IsCounted(ListProcessingLogRequest filters) =>
        filters is { Actor.MayAdminister: true, VaultboxId: null, PassportId: null, PeerIp: null } && LogFilters.Text(filters.Address) is null;

    private static IReadOnlyList<IQueryable<Piece>> FromLog(VaultContext context, ListProcessingLogRequest filters) =>
        LogFilters.Branches(context, filters).ConvertAll(AsPieces);

    private static IQueryable<Piece> AsPieces(IQueryable<ProcessingLogEntry> rows) =>
        rows.Select(l => new Piece { At = l.OccurredAt, Outcome = l.Outcome, Events = 1 });

    private static IQueryable<Piece> FromCounts(VaultContext context, ListProcessingLogRequest filters, string? domain, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = context.ProcessingLogCounts.Where(c => c.Slot >= from && c.Slot < to);
        if (domain is not null)
            counts = counts.Where(c => c.RecipientDomain == domain);
        if (filters.Stages is { Count: > 0 } stages)
            counts = counts.Where(c => stages.Contains(c.Stage));
        if (filters.Outcomes is { Count: > 0 } outcomes)
            counts = counts.Where(c => outcomes.Contains(c.Outcome));
        if (!string.IsNullOrWhiteSpace(filters.Code))
        {
            var (smtp, enhanced) = LogSearch.CodesOf(filters.Code);
            counts = counts.Where(c => (smtp == null || c.SmtpCode == smtp) && (enhanced == null || c.EnhancedCode == enhanced) && (smtp != null || enhanced != null));
        }

        return counts.Select(c => new Piece { At = c.Slot, Outcome = c.Outcome, Events = c.Events });
    }

    private static IQueryable<Piece> FromSenderCounts(VaultContext context, ListProcessingLogRequest filters, string domain, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = context.ProcessingLogSenderCounts.Where(c => c.SenderDomain == domain && c.Hour >= from && c.Hour < to);
        if (filters.Outcomes is { Count: > 0 } outcomes)
            counts = counts.Where(c => outcomes.Contains(c.Outcome));
        return counts.Select(c => new Piece { At = c.Hour, Outcome = c.Outcome, Events = c.Events });
    }

    private static LogChart Chart(List<Piece> pieces, DateTimeOffset from, DateTimeOffset to, TimeSpan width)
    {
        var start = LogBuckets.Floor(from, width);
        var sums = pieces.GroupBy(p => (p.At, p.Outcome)).ToDictionary(g => g.Key, g => g.Sum(p => p.Events));
        var bars = new List<LogBar>();
        for (var at = start; at < to; at += width)
            bars.Add(new LogBar(at, Sum(at, LogOutcomes.Ok), Sum(at, LogOutcomes.Deferred), Sum(at, LogOutcomes.Refused)));
        return new LogChart(start, to, width, bars);

        long Sum(DateTimeOffset at, string outcome) => sums.GetValueOrDefault((at, outcome));
    }

    private sealed class Piece
    {
        public DateTimeOffset At { get; init; }

        public required string Outcome { get; init; }

        public long Events { get; init; }
    }
}
