using System.Globalization;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Credentials;

internal static class CredentialWords
{
    /// <summary>“in 24 hours”; “now” for what is not ahead.</summary>
    public static string In(TimeSpan ahead)
    {
        var minutes = (long)Math.Round(ahead.TotalMinutes);
        return minutes switch
        {
            <= 0 => "now",
            < 60 => "in " + Amounts.Count(minutes, "minute", "minutes"),
            <= 48 * 60 => "in " + Amounts.Count((long)Math.Round(minutes / 60.0), "hour", "hours"),
            _ => "in " + Amounts.Count((long)Math.Round(minutes / 1440.0), "day", "days"),
        };
    }

    /// <summary>“from anywhere”, “only from 192.0.2.0/24”.</summary>
    public static string From(IReadOnlyList<string> networks) => networks.Count switch
    {
        0 => "from anywhere",
        1 => $"only from {networks[0]}",
        2 => $"only from {networks[0]} and {networks[1]}",
        _ => string.Create(CultureInfo.InvariantCulture, $"only from {networks[0]} and {networks.Count - 1} other networks"),
    };

    /// <summary>A client has no name when it gave none.</summary>
    public static string Client(string name) => name.Length == 0 ? "Unnamed" : name;

    /// <summary>The icon that its name suggests.</summary>
    public static string Symbol(string client)
    {
        if (Has(client, "phone", "android", "ios", "tablet", "ipad"))
            return "smartphone";
        if (Has(client, "print", "scan", "copier", "mfp"))
            return "printer";
        return Has(client, "server", "mail.", "smtp", "www", "shop") ? "server" : "laptop";
    }

    private static bool Has(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
