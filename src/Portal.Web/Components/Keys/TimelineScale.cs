using Portal.Vault.Certificates;

namespace Portal.Web.Components.Keys;

/// <summary>
/// Whole years side by side: from the first key or message, at most six years back, to the end of the last key, at most five years on.
/// Keys of ten years run out of the picture.
/// </summary>
internal sealed record TimelineScale(int FirstYear, int Years, DateTimeOffset Now)
{
    private const int MostBefore = 6;
    private const int MostAfter = 4;

    /// <summary>Percent of the width that a label needs.</summary>
    private const double LeastWidth = 13;

    public IEnumerable<int> Labels => Enumerable.Range(FirstYear, Years);

    public double Today => At(Now);

    public static TimelineScale Of(IReadOnlyList<ShownKey> keys, KeyCoverage coverage, DateTimeOffset now)
    {
        var starts = keys.Select(k => k.Key.NotBefore ?? k.Key.CreatedAt).Concat(coverage.Spans.Select(s => s.From)).Append(now);
        var ends = keys.Select(k => k.Key.NotAfter ?? now).Append(now);
        var first = Math.Max(starts.Min().UtcDateTime.Year, now.UtcDateTime.Year - MostBefore);
        var last = Math.Min(ends.Max().UtcDateTime.Year, now.UtcDateTime.Year + MostAfter);
        return new TimelineScale(first, Math.Max(2, last - first + 1), now);
    }

    /// <summary>Percent of the width, 0 to 100.</summary>
    public double At(DateTimeOffset time)
    {
        var year = time.UtcDateTime.Year;
        var start = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var part = (time.UtcDateTime - start) / (start.AddYears(1) - start);
        return Math.Clamp((year - FirstYear + part) / Years * 100, 0, 100);
    }

    /// <summary>Where each span stands: in its time, but never too narrow for its words, never over another, and none in the future as long as there is room.</summary>
    public IReadOnlyList<(CoverageSpan Span, double Left, double Width)> Place(IReadOnlyList<CoverageSpan> spans)
    {
        var placed = new List<(CoverageSpan, double, double)>();
        var next = 0.0;
        var end = Math.Clamp(LeastWidth * spans.Count, Today, 100);
        var least = Math.Min(LeastWidth, end / Math.Max(1, spans.Count));
        for (var i = 0; i < spans.Count; i++)
        {
            // Room is kept for those that come after.
            var left = Math.Max(next, Math.Min(At(spans[i].From), end - (least * (spans.Count - i))));
            var until = i + 1 < spans.Count ? At(spans[i + 1].From) : At(spans[i].To);
            var width = Math.Min(Math.Max(until - left, least), end - left);
            placed.Add((spans[i], left, width));
            next = left + width;
        }

        return placed;
    }
}
