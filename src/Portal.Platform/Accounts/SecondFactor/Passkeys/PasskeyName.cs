namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>What a passkey is called: its owner's words, or what its browser says of itself.</summary>
internal static class PasskeyName
{
    public static readonly Failure Missing = new("name_required", "Give the passkey a name, so that you know it again.");

    public static readonly Failure TooLong = new(
        "name_too_long", $"Use at most {SecondFactorConfiguration.PasskeyNameLength} characters for the name.");

    /// <summary>What a browser's user agent says of it, the special before the general: Edge and Opera call themselves Chrome, and all call themselves Safari.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    /// <summary>Android says Linux too, and iPads say Mac.</summary>
    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static Failure? Check(string name)
    {
        if (name.Length == 0)
            return Missing;
        return name.Length > SecondFactorConfiguration.PasskeyNameLength ? TooLong : null;
    }

    /// <summary>Without control characters, which would let a name pretend to be more than one line.</summary>
    public static string Clean(string? name) => string.Concat((name ?? string.Empty).Where(c => !char.IsControl(c))).Trim();

    /// <returns>As “Chrome on Linux”; “Passkey” where nothing is known.</returns>
    public static string FromUserAgent(string? userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        (null, { } system) => system,
        _ => "Passkey",
    };

    private static string? Find((string Mark, string Name)[] table, string? userAgent) =>
        userAgent is null ? null : table.FirstOrDefault(entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
