using System.Text.RegularExpressions;

namespace Portal.Web.Support;

/// <summary>A place of the portal as a support view has it.</summary>
/// <param name="What">In plain words, for the owner's record.</param>
/// <param name="Closed">Why it is closed to support; null: it is open.</param>
internal sealed partial record ViewPlace(string What, string? Closed = null)
{
    private const string Mail = "Support never sees mail. It is sealed to its owner, and nobody here can open it in any view.";
    private const string Keys = "Support never sees keys, passphrases or recovery kits.";
    private const string Credentials = "Support never sees devices, usernames or passwords.";
    private const string Changes = "Changes are off in this view.";
    private const string Security = "What guards the account is not in this view: sign-in, sessions, tokens and the owner’s data.";

    private const string Unknown = "This page is not in a support view.";

    /// <summary>Closed: a page that nobody has thought about here is not shown.</summary>
    private static readonly ViewPlace Elsewhere = new("Another page", Unknown);

    /// <summary>The first that begins the path counts; <c>*</c> stands for one id.</summary>
    private static readonly (string Path, bool IsWhole, ViewPlace Place)[] Places =
    [
        ("/", true, new("Home")),
        ("/start", true, new("Home")),
        ("/notifications", false, new("Notifications")),
        ("/mail", false, new("Mail", Mail)),
        ("/vaultboxes", true, new("Vaultboxes")),
        ("/vaultboxes/new", false, new("Making a vaultbox", Changes)),
        ("/vaultboxes/*", true, new("Keys of a vaultbox", Keys)),
        ("/vaultboxes/*/keys", false, new("Keys of a vaultbox", Keys)),
        ("/vaultboxes/*/keys-setup", false, new("Keys of a vaultbox", Keys)),
        ("/vaultboxes/*/ready", false, new("Set-up of a vaultbox", Changes)),
        ("/vaultboxes/*/device", false, new("Devices of a vaultbox", Credentials)),
        ("/vaultboxes/*/devices", false, new("Devices of a vaultbox", Credentials)),
        ("/vaultboxes/*/aliases", false, new("Aliases of a vaultbox")),
        ("/vaultboxes/*/activity", false, new("Activity of a vaultbox")),
        ("/vaultboxes/*/settings", false, new("Settings of a vaultbox")),
        ("/sending", false, new("Sending", Credentials)),
        ("/account", true, new("Account")),
        ("/account/viewers", false, new("Who viewed the account", Security)),
        ("/account", false, new("Security of the account", Security)),
        ("/support", false, new("Support")),
        ("/api", false, new("A call of the API")),
        // As the owner has them: not there, or what is said of a fault.
        ("/admin", false, new("Another page")),
        ("/set-up", false, new("Another page")),
        ("/error", true, new("Another page")),
        ("/not-found", true, new("Another page")),
    ];

    /// <param name="path">As it is asked for; escaped octets (RFC 3986 section 2.1) mean what they stand for.</param>
    public static ViewPlace Of(string path)
    {
        path = Uri.UnescapeDataString(path);
        var place = Id().Replace(path.Length > 1 ? path.TrimEnd('/') : path, "/*");
        foreach (var (begin, isWhole, found) in Places)
        {
            if (string.Equals(place, begin, StringComparison.OrdinalIgnoreCase)
                || (!isWhole && place.StartsWith($"{begin}/", StringComparison.OrdinalIgnoreCase)))
                return found;
        }

        return Elsewhere;
    }

    [GeneratedRegex("/[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
