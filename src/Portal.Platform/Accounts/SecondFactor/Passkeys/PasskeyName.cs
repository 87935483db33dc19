using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>What a passkey is called: its owner's words, or what its browser says of itself.</summary>
internal static class PasskeyName
{
    public static readonly Failure Missing = new("name_required", "Give the passkey a name, so that you know it again.");

    public static readonly Failure TooLong = new(
        "name_too_long", $"Use at most {SecondFactorConfiguration.PasskeyNameLength} characters for the name.");

    public static Failure? Check(string name)
    {
        if (name.Length == 0)
            return Missing;
        return name.Length > SecondFactorConfiguration.PasskeyNameLength ? TooLong : null;
    }

    /// <summary>Without control characters, which would let a name pretend to be more than one line.</summary>
    public static string Clean(string? name) => string.Concat((name ?? string.Empty).Where(c => !char.IsControl(c))).Trim();

    /// <returns>As “Chrome on Linux”; “Passkey” where nothing is known.</returns>
    public static string FromUserAgent(string? userAgent) => string.IsNullOrWhiteSpace(userAgent) ? "Passkey" : DeviceName.Of(userAgent);
}
