namespace Portal.Testing;

/// <summary>Whether one kind of sample tends to be larger than another, whatever their distribution.</summary>
public static class RankTest
{
    /// <summary>Mann and Whitney 1947, by the normal approximation: above zero when the first kind tends to be larger. Ties count half.</summary>
    public static double MannWhitney(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        double n = first.Count, m = second.Count;
        var u = first.Sum(a => second.Sum(b => a > b ? 1.0 : a < b ? 0.0 : 0.5));
        return (u - (n * m / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    public static double Median(IReadOnlyList<double> samples) => samples.Order().ElementAt(samples.Count / 2);
}
