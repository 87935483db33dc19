using System.Globalization;
using Portal.Vault.Notices;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Notices;

/// <param name="Symbol">Icon of the sprite.</param>
/// <param name="After">Leads from the text to the instant.</param>
/// <param name="Until">An instant that belongs behind the text; null: none.</param>
/// <param name="Href">Where it leads; null: nowhere, for it is gone.</param>
internal sealed record NoticeText(string Symbol, string Text, string? After, DateTimeOffset? Until, string? Href)
{
    /// <summary>With the word that leads to the instant.</summary>
    internal string Said => Until is null ? Text : $"{Text} {After} ";
}

/// <summary>Notices as sentences. One of a kind that is not known here is shown by its kind, never left out.</summary>
internal static class NoticeWords
{
    internal static NoticeText Of(NoticeView notice)
    {
        var name = Quoted(notice, NoticeDetails.Name);
        var address = Said(notice, NoticeDetails.Address);
        var box = address ?? name ?? "a vaultbox";
        return notice.Kind switch
        {
            NoticeKinds.KeyAdded => Key(notice, "file-key-2", $"The key {name} was added to {address ?? "a vaultbox"}. Mail is sealed to it from now on."),
            NoticeKinds.KeyRetired => Key(notice, "archive", $"The key {name} of {address ?? "a vaultbox"} was retired. It still opens what was sealed to it."),
            NoticeKinds.KeyResumed => Key(notice, "undo-2", $"The key {name} of {address ?? "a vaultbox"} is in use again."),
            NoticeKinds.KeyDeleted => Key(notice, "trash-2", $"The key {name} of {address ?? "a vaultbox"} was deleted."),
            NoticeKinds.KeyExpiring => Expiring(notice, name, address),
            NoticeKinds.KeyForeign => Key(notice, "shield-alert", $"A key of {address ?? "a vaultbox"} is not signed by you. Nothing was sealed to it; mail waits at its senders. Tell whoever runs this server."),
            NoticeKinds.PassphraseChanged => new("key-round", "Your passphrase was changed.", null, null, "/account/security"),
            NoticeKinds.RecoveryKitMade => new("life-buoy", "A recovery kit was made. An older one no longer opens anything.", null, null, "/account/security"),
            NoticeKinds.VaultboxDeleted => new("trash-2", $"{name ?? box} was deleted{Messages(notice)}. You can restore it", "until", Until(notice), "/vaultboxes?state=deleted"),
            NoticeKinds.VaultboxRestored => new("undo-2", $"{name ?? box} was restored.", null, null, Box(notice)),
            NoticeKinds.VaultboxPurged => new("trash-2", $"{name ?? box} was destroyed for good{Messages(notice)}.", null, null, null),
            NoticeKinds.ViewAsked => new("eye", $"{Said(notice, NoticeDetails.By)} of support asks to see your account. Reason: {Quoted(notice, NoticeDetails.Reason)}.", null, null, "/account/viewers"),
            NoticeKinds.ViewWithoutAsking => new("shield-alert", $"The admin {Said(notice, NoticeDetails.By)} opened a view of your account without asking. Reason: {Quoted(notice, NoticeDetails.Reason)}.", null, null, "/account/viewers"),
            NoticeKinds.AliasEnding => Ending(notice, address ?? "An address"),
            _ => new("bell", $"{char.ToUpperInvariant(notice.Kind[0])}{notice.Kind[1..].Replace('_', ' ')}{(name is null && address is null ? "" : $": {name ?? address}")}.", null, null, Box(notice)),
        };
    }

    private static NoticeText Key(NoticeView notice, string symbol, string text)
    {
        var fingerprint = Said(notice, NoticeDetails.Fingerprint) is { } hex ? $" Fingerprint {Amounts.ShortFingerprint(hex)}." : "";
        return new NoticeText(symbol, text.Replace("  ", " ", StringComparison.Ordinal) + fingerprint, null, null, Box(notice, "/keys"));
    }

    private static NoticeText Expiring(NoticeView notice, string? name, string? address)
    {
        var left = int.TryParse(Said(notice, NoticeDetails.Days), NumberStyles.Integer, CultureInfo.InvariantCulture, out var days) && days > 0
            ? $"expires in {Amounts.Count(days, "day", "days")}"
            : "has expired";
        var next = Said(notice, NoticeDetails.SuccessorUntil) is null ? "Add a new one so that mail keeps coming." : "Another key goes on taking its mail.";
        return new NoticeText("calendar-clock", $"The key {name} of {address ?? "a vaultbox"} {left}. {next}".Replace("  ", " ", StringComparison.Ordinal), null, null, Box(notice, "/keys"));
    }

    private static NoticeText Ending(NoticeView notice, string address)
    {
        var others = int.TryParse(Said(notice, NoticeDetails.Count), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count - 1 : 0;
        var who = others > 0 ? $"{address} and {Amounts.Count(others, "other address", "other addresses")} end" : $"{address} ends";
        var href = others > 0 ? Box(notice, "/aliases") : Box(notice, $"/aliases?q={Uri.EscapeDataString(address)}");
        return new NoticeText("timer", who, "on", Until(notice), href);
    }

    private static string Messages(NoticeView notice) => long.TryParse(Said(notice, NoticeDetails.Count), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
        ? $" with {Amounts.Count(count, "sealed message", "sealed messages")}"
        : "";

    private static string? Box(NoticeView notice, string tab = "") => notice.VaultboxId is { } id ? $"/vaultboxes/{id}{tab}" : null;

    private static string? Said(NoticeView notice, string key) => notice.Detail.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

    private static string? Quoted(NoticeView notice, string key) => Said(notice, key) is { } value ? $"“{value}”" : null;

    private static DateTimeOffset? Until(NoticeView notice) =>
        DateTimeOffset.TryParse(Said(notice, NoticeDetails.Until), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
