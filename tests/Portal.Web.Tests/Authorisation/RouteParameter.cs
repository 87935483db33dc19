using System.Text.RegularExpressions;

namespace Portal.Web.Tests.Authorisation;

/// <summary>Parameters of a route such as <c>/vaultboxes/{id:guid}</c>.</summary>
internal static partial class RouteParameter
{
    /// <summary>The first parameter becomes the value; a second one, which hangs below it, too.</summary>
    public static string Fill(string route, string value) => Parameter().Replace(route, value);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}
