namespace Portal.Vault.ProcessingLog;

/// <summary>Into which pieces a chart of the log is cut: few enough to tell apart, and of a length that people say.</summary>
public static class LogBuckets
{
    /// <summary>Bars of a chart at most.</summary>
    public const int Most = 90;

    /// <summary>Length of what <see cref="ProcessingLogCount"/> counts.</summary>
    internal static readonly TimeSpan Slot = TimeSpan.FromMinutes(15);

    /// <summary>Length of what <see cref="ProcessingLogSenderCount"/> counts.</summary>
    internal static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Bars are cut from here: a Monday, midnight UTC.</summary>
    internal static readonly DateTimeOffset Origin = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan[] Widths =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        Slot, TimeSpan.FromMinutes(30), Hour, TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(28), TimeSpan.FromDays(56),
    ];

    /// <summary>The least that needs no more than <see cref="Most"/> bars; the widest is enough for <see cref="LogWindow.Longest"/>.</summary>
    public static TimeSpan WidthFor(TimeSpan window) => Widths.FirstOrDefault(width => window <= width * (Most - 1), Widths[^1]);

    /// <summary>Where the bar begins in which the time lies. Bars of days begin at midnight UTC, those of weeks on a Monday.</summary>
    public static DateTimeOffset Floor(DateTimeOffset at, TimeSpan width)
    {
        var into = (at.UtcTicks - Origin.UtcTicks) % width.Ticks;
        return new DateTimeOffset(at.UtcTicks - (into < 0 ? into + width.Ticks : into), TimeSpan.Zero);
    }

    /// <summary>Where the first bar begins that does not begin before the time.</summary>
    internal static DateTimeOffset Ceiling(DateTimeOffset at, TimeSpan width) => Floor(at + width - TimeSpan.FromTicks(1), width);

    /// <summary>PostgreSQL's <c>date_bin</c>; there only.</summary>
    public static DateTimeOffset Bin(TimeSpan width, DateTimeOffset at, DateTimeOffset origin) => throw new NotSupportedException("For queries only.");
}
