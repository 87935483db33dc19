using Portal.Vault.Administration;

namespace Portal.Vault.Intake;

/// <summary>How long the last COMMITs of stored messages took on this instance. Kept in memory: a row could not tell of its own commit.</summary>
public sealed class CommitTimes
{
    private const int Kept = 1_000;

    private readonly Lock _gate = new();
    private readonly double[] _milliseconds = new double[Kept];
    private long _noted;

    public void Note(TimeSpan took)
    {
        lock (_gate)
            _milliseconds[_noted++ % Kept] = took.TotalMilliseconds;
    }

    /// <returns>Of the last 1,000; null when there was none.</returns>
    public Percentiles? Recent()
    {
        double[] sorted;
        lock (_gate)
            sorted = _milliseconds[..(int)Math.Min(_noted, Kept)];
        if (sorted.Length == 0)
            return null;
        Array.Sort(sorted);
        return new Percentiles(sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.95)]);
    }
}
