namespace Portal.Vault.ProcessingLog;

/// <summary>Which times of the log may be counted: a chart of all times would be of more bars than anyone can look at.</summary>
public static class LogWindow
{
    /// <summary>Earliest beginning, inclusive.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Between its ends.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_653);

    /// <summary>How far behind now a window may end: clocks differ, and so do days.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    public static readonly VaultProblem OutOfRange = VaultProblem.Invalid(
        "time_out_of_range", "Choose a time of at most ten years that begins in 2000 or later and ends tomorrow at the latest.");

    private static readonly VaultProblem Reversed = VaultProblem.Invalid("time_malformed", "The time begins after it ends. Choose an earlier beginning.");

    /// <returns>Null when the log may be counted from one time to the other.</returns>
    public static VaultProblem? Fault(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        if (from < Earliest || to < Earliest || to > now + Ahead)
            return OutOfRange;
        if (from >= to)
            return Reversed;
        return to - from > Longest ? OutOfRange : null;
    }
}
