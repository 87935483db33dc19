using System.Globalization;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Platform.Settings;

/// <summary>What can be changed while the portal runs, without harm to what was promised.</summary>
/// <param name="Key">Of the configuration.</param>
/// <param name="Default">Where the configuration says nothing, as the page shows it.</param>
/// <param name="Choices">The values that there are; empty for a number.</param>
/// <param name="Least">Of a number.</param>
/// <param name="Most">Of a number.</param>
/// <param name="IsDays">The number is of days, and the configuration has a length of time.</param>
public sealed record KnownSetting(string Key, string Default, IReadOnlyList<string> Choices, int Least = 0, int Most = 0, bool IsDays = false)
{
    /// <summary>A number of the page, or a choice, as the configuration has it.</summary>
    /// <returns>False: not one of the choices, or no number in the range.</returns>
    public bool TryRead(string? text, out string value)
    {
        value = text?.Trim() ?? "";
        if (Choices.Count > 0)
            return Choices.Contains(value, StringComparer.Ordinal);
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < Least || number > Most)
            return false;
        value = IsDays ? TimeSpan.FromDays(number).ToString("c", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Whether what stands in the configuration is one of the choices, or in the range.</summary>
    public bool IsGood(string value) => TryRead(Show(value), out var read) && string.Equals(read, value, StringComparison.Ordinal);

    /// <summary>What stands in the configuration, as the page shows it.</summary>
    public string Show(string? value) => IsDays && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var length)
        ? Math.Round(length.TotalDays).ToString(CultureInfo.InvariantCulture)
        : value ?? Default;
}

public static class KnownSettings
{
    public static readonly KnownSetting SignUp = new("Portal:SignUp:Mode", nameof(SignUpMode.InviteOnly), Enum.GetNames<SignUpMode>());
    public static readonly KnownSetting InviteDays = new("Portal:Platform:InviteLifetime", "7", [], 1, 30, IsDays: true);
    public static readonly KnownSetting LogDays = new("Portal:Vault:ProcessingLogDays", "90", [], 7, 3_650);

    public static readonly IReadOnlyList<KnownSetting> All = [SignUp, InviteDays, LogDays];

    public static KnownSetting? Find(string? key) => All.FirstOrDefault(known => string.Equals(known.Key, key, StringComparison.Ordinal));
}
