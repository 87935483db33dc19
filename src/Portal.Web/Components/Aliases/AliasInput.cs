using System.Globalization;
using Portal.Platform;
using Portal.Vault.Aliases;

namespace Portal.Web.Components.Aliases;

/// <summary>What a form asks for, as typed; what is wrong with it the use case says.</summary>
public sealed class AliasInput
{
    public string Local { get; set; } = "";

    public string Domain { get; set; } = "";

    public string Label { get; set; } = "";

    public string Note { get; set; } = "";

    public DateTimeOffset? ExpiresAt { get; set; }

    public string MaxMessages { get; set; } = "";

    public string MaxIdleDays { get; set; } = "";

    internal static AliasInput Of(AliasView alias) => new()
    {
        Local = alias.LocalPart,
        Domain = alias.Domain,
        Label = alias.Label ?? "",
        Note = alias.Note ?? "",
        ExpiresAt = alias.ExpiresAt,
        MaxMessages = alias.MaxMessages?.ToString(CultureInfo.InvariantCulture) ?? "",
        MaxIdleDays = alias.MaxIdleDays?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    internal Outcome<AliasTerms> Read()
    {
        if (!TryRead(MaxMessages, out var messages))
            return new Failure("max_messages_out_of_range", "Type how many messages, in digits, or leave it empty.");
        if (!TryRead(MaxIdleDays, out var days))
            return new Failure("max_idle_days_out_of_range", "Type how many days, in digits, or leave it empty.");
        return new AliasTerms(Blank(Label), Blank(Note), ExpiresAt, messages, days);
    }

    private static bool TryRead(string text, out int? number)
    {
        number = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        // People group thousands.
        if (!int.TryParse(text.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var read))
            return false;
        number = read;
        return true;
    }

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
