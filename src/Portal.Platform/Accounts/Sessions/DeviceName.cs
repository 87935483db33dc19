namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// A browser in words, as “Firefox on Linux”. From what it calls itself, so it may lie: good for recognising one's own, and for
/// nothing that must be right.
/// </summary>
public static class DeviceName
{
    private const string Unknown = "A browser";

    /// <summary>In this order: most browsers also name those that they descend from.</summary>
    private static readonly (string Mark, string Name)[] Families =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        var family = Family(userAgent);
        return Find(Systems, userAgent) is { } system ? $"{family} on {system}" : family;
    }

    /// <summary>A telephone or a tablet.</summary>
    public static bool IsHandheld(string? userAgent) => Find(Systems, userAgent) is "iPhone" or "iPad" or "Android";

    /// <summary>Without the system, as “Firefox”.</summary>
    internal static string Family(string? userAgent) => Find(Families, userAgent) ?? Unknown;

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : Array.Find(known, one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
