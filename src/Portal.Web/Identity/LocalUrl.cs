namespace Portal.Web.Identity;

/// <summary>Where to go after signing in: only ever a path of this portal.</summary>
internal static class LocalUrl
{
    /// <summary>Leads on to where there is something to do.</summary>
    public const string Home = "/start";

    /// <returns><paramref name="url"/> when it is an absolute path on this host, else <see cref="Home"/>.</returns>
    public static string OrHome(string? url) => url is not null && IsLocal(url) ? url : Home;

    /// <summary>Browsers read a backslash as a slash and drop tabs and line breaks, so <c>/\host</c> or <c>/TAB/host</c> would leave the site.</summary>
    private static bool IsLocal(string url) =>
        url.Length is > 0 and <= 2048
        && url[0] == '/'
        && (url.Length == 1 || url[1] != '/')
        && !url.Any(character => character == '\\' || char.IsControl(character));
}
