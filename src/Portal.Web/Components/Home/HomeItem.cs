using System.Globalization;
using Portal.Vault.Home;
using Portal.Web.Components.Credentials;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Home;

/// <summary>How soon somebody must act.</summary>
internal enum Urgency
{
    /// <summary>Mail is held up, or something is about to be lost.</summary>
    Now,

    Soon,

    /// <summary>Good to know before it happens.</summary>
    Later,
}

/// <summary>One thing that needs a person: a line, and the one button that leads to its mending.</summary>
/// <param name="Lead">What it is about, strong.</param>
/// <param name="Text">What, why and until when.</param>
/// <param name="At">An instant behind the text; null: none.</param>
internal sealed record HomeItem(Urgency Urgency, string Symbol, string Lead, string Text, DateTimeOffset? At, string Href, string Button)
{
    /// <summary>With the room that an instant behind it needs.</summary>
    internal string Said => At is null ? Text : Text + " ";

    /// <summary>Worst first.</summary>
    /// <param name="deletionDueAt">When the account will be destroyed, if its owner asked for that.</param>
    internal static IReadOnlyList<HomeItem> Of(VaultOverview overview, DateTimeOffset? deletionDueAt, DateTimeOffset now) =>
    [
        .. new IEnumerable<HomeItem>[]
        {
            overview.NeedKey.Items.Select(NeedsKey),
            More(overview.NeedKey, Urgency.Now, "more vaultboxes need a key", "/vaultboxes?state=attention"),
            deletionDueAt is { } due ? [Deletion(due)] : [],
            overview.EndingOverlaps.Items.Select(overlap => Overlap(overlap, now)),
            overview.Expiring.Items.Select(box => Expiring(box, now)),
            More(overview.Expiring, Urgency.Soon, "more vaultboxes have a certificate that ends soon", "/vaultboxes?state=attention"),
            overview.Filling.Items.Select(Filling),
            overview.EndingAliases.Items.Select(alias => Ending(alias, now)),
            More(overview.EndingAliases, Urgency.Later, "more addresses end soon", "/vaultboxes"),
        }.SelectMany(items => items).OrderBy(item => item.Urgency),
    ];

    private static HomeItem NeedsKey(KeylessVaultbox box) => box switch
    {
        { WaitingSenders: > 0 and var senders } => new(
            Urgency.Now, "circle-alert", $"{box.Name} can’t take mail.",
            $"{Amounts.Count(senders, "sender is", "senders are")} waiting for a key; the first gives up about", box.WaitingUntil, KeysOf(box), ButtonOf(box)),
        { HasKeys: true } => new(
            Urgency.Now, "circle-alert", $"{box.Name} can’t take mail.", "No certificate of it is valid. Senders are asked to try again.", null, KeysOf(box), ButtonOf(box)),
        _ => new(Urgency.Now, "key-round", $"{box.Name} has no key.", "It takes mail once you have made its keys; that takes a minute.", null, KeysOf(box), ButtonOf(box)),
    };

    private static string KeysOf(KeylessVaultbox box) => box.HasKeys ? $"/vaultboxes/{box.Id}/keys" : $"/vaultboxes/{box.Id}/keys-setup";

    private static string ButtonOf(KeylessVaultbox box) => box.HasKeys ? "Add a key" : "Make keys";

    private static HomeItem Deletion(DateTimeOffset due) => new(
        Urgency.Now, "triangle-alert", "This account will be deleted.", "All of its mail goes with it on", due, "/account/data", "Keep the account");

    private static HomeItem Overlap(OverlapEnding overlap, DateTimeOffset now) => new(
        Urgency.Now, "refresh-cw", $"{overlap.Label} changes its password {CredentialWords.In(overlap.ValidUntil - now)}.",
        $"{Amounts.Count(overlap.Clients, "program still uses", "programs still use")} the old one and will be signed out.", null,
        overlap.VaultboxId is { } id ? $"/vaultboxes/{id}/devices" : "/vaultboxes", "See which");

    private static HomeItem Expiring(ExpiringVaultbox box, DateTimeOffset now)
    {
        var isOver = box.EndsAt <= now;
        var urgency = box.EndsAt <= now + TimeSpan.FromDays(3) ? Urgency.Now : Urgency.Soon;
        return new HomeItem(
            urgency, "calendar-clock", isOver ? $"The certificate of {box.Name} has expired." : $"The certificate of {box.Name} ends {CredentialWords.In(box.EndsAt - now)}.",
            isOver ? "Mail is still sealed to it for a few days. Add a new key before it is held up." : "Add a new key so that mail keeps coming.", null,
            $"/vaultboxes/{box.Id}/keys", "Renew the key");
    }

    private static HomeItem Filling(FillingVaultbox box) => new(
        box.StoredBytes >= box.LimitBytes ? Urgency.Now : Urgency.Soon, "archive", $"{box.Name} is {Percent(box.StoredBytes, box.LimitBytes)} full.",
        $"It holds {Amounts.Size(box.StoredBytes)} of {Amounts.Size(box.LimitBytes)}; beyond that, senders are asked to try again.", null,
        $"/vaultboxes/{box.Id}/settings", "Change the limit");

    private static HomeItem Ending(EndingAlias alias, DateTimeOffset now) => new(
        Urgency.Later, "timer",
        alias.EndsAt is { } at ? $"{alias.Address} ends {CredentialWords.In(at - now)}." : $"{alias.Address} is almost used up.",
        alias.MaxMessages is { } most && alias.EndsAt is null
            ? string.Create(CultureInfo.InvariantCulture, $"It has taken {alias.MessageCount:N0} of {Amounts.Count(most, "message", "messages")}.")
            : "Then its mail is refused.",
        null, $"/vaultboxes/{alias.VaultboxId}/aliases?q={Uri.EscapeDataString(alias.Address)}", "Change its end");

    /// <summary>What was not named.</summary>
    private static IEnumerable<HomeItem> More<T>(Told<T> told, Urgency urgency, string what, string href) => told.Number > told.Items.Count
        ? [new HomeItem(urgency, "layers", string.Create(CultureInfo.InvariantCulture, $"{told.Number - told.Items.Count:N0} {what}."), "", null, href, "Show them")]
        : [];

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100 * part / whole, 999)}%");
}
