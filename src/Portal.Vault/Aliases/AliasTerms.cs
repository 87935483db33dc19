using System.Globalization;

namespace Portal.Vault.Aliases;

/// <summary>What is said of an alias, and when it ends; each may be left out.</summary>
/// <param name="Label">One line of at most 60 characters.</param>
/// <param name="Note">At most 200 characters.</param>
/// <param name="ExpiresAt">In the future.</param>
/// <param name="MaxMessages">1 to 1,000,000 messages.</param>
/// <param name="MaxIdleDays">1 to 3,650 days.</param>
public sealed record AliasTerms(
    string? Label = null, string? Note = null, DateTimeOffset? ExpiresAt = null, int? MaxMessages = null, int? MaxIdleDays = null)
{
    public const int MostMessages = 1_000_000;

    public const int MostIdleDays = 3_650;

    internal bool Ends => ExpiresAt is not null || MaxMessages is not null || MaxIdleDays is not null;

    /// <summary>As they are stored: trimmed, in UTC, nothing for what is blank.</summary>
    internal static VaultResult<AliasTerms> Read(AliasTerms terms, DateTimeOffset now)
    {
        var (label, note) = (Trimmed(terms.Label), Trimmed(terms.Note));
        if (label?.Length > AliasConfiguration.LabelLength)
            return VaultProblem.Invalid("label_too_long", $"A label may have {AliasConfiguration.LabelLength} characters; this has {label.Length}.");
        if (label?.Any(char.IsControl) == true)
            return VaultProblem.Invalid("label_malformed", "A label is one line of text.");
        if (note?.Length > AliasConfiguration.NoteLength)
            return VaultProblem.Invalid("note_too_long", $"A note may have {AliasConfiguration.NoteLength} characters; this has {note.Length}.");
        if (note?.Contains('\0', StringComparison.Ordinal) == true)
            return VaultProblem.Invalid("note_malformed", "A note is text; this has a character that is none.");
        if (terms.ExpiresAt <= now)
            return VaultProblem.Invalid("expiry_past", "The end lies in the past. Choose a later one, or pause the address.");
        if (terms.MaxMessages is < 1 or > MostMessages)
            return VaultProblem.Invalid("max_messages_out_of_range", string.Create(CultureInfo.InvariantCulture, $"An address can be made for 1 to {MostMessages:N0} messages, not {terms.MaxMessages:N0}."));
        if (terms.MaxIdleDays is < 1 or > MostIdleDays)
            return VaultProblem.Invalid("max_idle_days_out_of_range", string.Create(CultureInfo.InvariantCulture, $"An address can end after 1 to {MostIdleDays:N0} days without mail, not {terms.MaxIdleDays:N0}."));
        return new AliasTerms(label, note, terms.ExpiresAt?.ToUniversalTime(), terms.MaxMessages, terms.MaxIdleDays);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
