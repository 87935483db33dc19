using System.Globalization;

namespace Portal.Platform.SystemMail;

/// <summary>What becomes of keys, vaultboxes and addresses.</summary>
internal static partial class AccountMails
{
    private const string NotYouKey =
        "If it was not you, sign in, look at the keys of this vaultbox and at your sessions, end the sessions that you do not know, and change your password.";

    private const string NotYouVault = "If it was not you, sign in, end the sessions that you do not know, and change your password.";

    public static SystemMailContent News(string email, TellOwnerRequest news)
    {
        var (kind, subject, sentences, label) = Words(news, news.Detail);
        return new SystemMailContent(kind, email, subject, sentences, new SystemMailAction(label, news.Page), NoticeLife);
    }

    private static (string Kind, string Subject, IReadOnlyList<string> Sentences, string Label) Words(TellOwnerRequest news, OwnerNewsDetail detail) => news.News switch
    {
        OwnerNews.KeyAdded => OfKey(news, "key-added", "A key was added to your vaultbox", $"The key “{detail.Name}” was added to {detail.Address}. New mail is sealed to it, so whoever holds its private part can read that mail."),
        OwnerNews.KeyRetired => OfKey(news, "key-retired", "A key of your vaultbox was retired", $"The key “{detail.Name}” of {detail.Address} was retired. No new mail is sealed to it; what it opened before, it still opens."),
        OwnerNews.KeyResumed => OfKey(news, "key-resumed", "A key of your vaultbox is in use again", $"The key “{detail.Name}” of {detail.Address}, which was retired, is in use again. New mail is sealed to it."),
        OwnerNews.KeyDeleted => OfKey(news, "key-deleted", "A key of your vaultbox was deleted", $"The key “{detail.Name}” of {detail.Address} was deleted, with its locked copy if one was kept here. Every message opens with another key."),
        OwnerNews.KeyExpiring => ("key-expiring", detail.Days > 0 ? "A key of your vaultbox expires soon" : "A key of your vaultbox has expired", Expiring(detail), "Look at the keys"),
        OwnerNews.KeyForeign => ("key-foreign", "A key in your vaultbox is not signed by you", Foreign(news, detail), "Look at the keys"),
        OwnerNews.PassphraseChanged => ("passphrase-changed", "Your vault’s passphrase was changed", ["The passphrase that unlocks your mail was changed. The old one unlocks nothing any more.", When(news), NotYouVault], "Look at the account"),
        OwnerNews.RecoveryKitMade => ("recovery-kit-made", "A new recovery kit was made", ["A new recovery kit was made for your vault. The words of an older kit unlock nothing any more; destroy that sheet.", When(news), NotYouVault], "Look at the account"),
        OwnerNews.VaultboxDeleted => ("vaultbox-deleted", "A vaultbox was deleted", [$"The vaultbox {detail.Address} was deleted. It takes no mail any more.{Until(detail, " Until {0} you can restore it with all that is in it; then it is destroyed for good.")}", When(news), NotYouVault], "Look at the vaultboxes"),
        OwnerNews.VaultboxRestored => ("vaultbox-restored", "A vaultbox was restored", [$"The vaultbox {detail.Address}, which was deleted, is back with all that is in it.", When(news), NotYouVault], "Look at the vaultboxes"),
        OwnerNews.VaultboxPurged => ("vaultbox-purged", "A deleted vaultbox was destroyed", [$"The vaultbox {detail.Address} was deleted some time ago and has now been destroyed{Counted(detail)}. Nobody can bring it back."], "Look at the vaultboxes"),
        _ => ("alias-ending", "An address of yours is about to end", [$"The address {detail.Address} is about to end.{Until(detail, " It takes mail until {0}.")} Then mail to it is refused, unless you give it more time."], "Look at the addresses"),
    };

    private static (string, string, IReadOnlyList<string>, string) OfKey(TellOwnerRequest news, string kind, string subject, string what) =>
        (kind, subject, [what, $"Its fingerprint, SHA-256: {InFours(news.Detail.Fingerprint)}.", When(news), NotYouKey], "Look at the keys");

    private static IReadOnlyList<string> Expiring(OwnerNewsDetail detail)
    {
        var end = detail.Until is { } until ? Day(until) : "soon";
        var what = detail.Days switch
        {
            > 1 => $"The key “{detail.Name}” of {detail.Address} expires in {detail.Days} days, on {end}.",
            1 => $"The key “{detail.Name}” of {detail.Address} expires tomorrow, on {end}.",
            _ => $"The key “{detail.Name}” of {detail.Address} expired on {end}.",
        };
        var next = detail.Successor is { } successor
            ? $"Another key of this vaultbox is valid until {Day(successor)}, so mail goes on coming in. What opens with this key alone is worth a look."
            : "No other key of this vaultbox lives longer. For 30 days after its end mail is still sealed to it; then mail waits at its senders. Add its successor before that.";
        return [what, next, $"Its fingerprint, SHA-256: {InFours(detail.Fingerprint)}.", "Mail that it opened before, it still opens: an expired key is no lost key."];
    }

    private static IReadOnlyList<string> Foreign(TellOwnerRequest news, OwnerNewsDetail detail) =>
    [
        $"A key that stands in the database for {detail.Address} carries neither your signature nor this server’s. Nothing was sealed to it: mail waits at its senders, who keep trying for some days, until the key is gone.",
        $"Its fingerprint, SHA-256: {InFours(detail.Fingerprint)}.",
        $"It was found on {Day(news.At)}. Tell whoever runs this server: somebody has written to its database.",
    ];

    private static string When(TellOwnerRequest news) => $"It was done on {Day(news.At)}.";

    private static string Until(OwnerNewsDetail detail, string sentence) =>
        detail.Until is { } until ? string.Format(CultureInfo.InvariantCulture, sentence, Day(until)) : string.Empty;

    private static string Counted(OwnerNewsDetail detail) =>
        detail.Count is { } count ? string.Create(CultureInfo.InvariantCulture, $", with {count:N0} sealed messages") : string.Empty;

    private static string InFours(string? hex) => string.Join(' ', (hex ?? string.Empty).Chunk(4).Select(group => new string(group)));
}
