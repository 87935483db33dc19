using System.Globalization;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Components.Vaultboxes.Settings;

/// <summary>Limits as people type them: megabytes of 1,000,000 octets, with a decimal point where wanted; empty for none.</summary>
internal static class LimitsText
{
    private const decimal Megabyte = 1_000_000m;

    internal static (string Storage, string Messages) Of(VaultboxLimits limits) => (
        limits.StorageBytes is { } octets ? (octets / Megabyte).ToString("0.######", CultureInfo.InvariantCulture) : "",
        limits.MessagesPerDay is { } number ? number.ToString(CultureInfo.InvariantCulture) : "");

    internal static bool TryRead(string storage, string messages, out VaultboxLimits limits)
    {
        var isRead = TryReadStorage(storage, out var octets) & TryReadMessages(messages, out var number);
        limits = new VaultboxLimits(octets, number);
        return isRead;
    }

    internal static bool TryReadStorage(string text, out long? octets)
    {
        octets = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / Megabyte)
            return false;
        octets = (long)(number * Megabyte);
        return true;
    }

    internal static bool TryReadMessages(string text, out int? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!int.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value))
            return false;
        number = value;
        return true;
    }
}
