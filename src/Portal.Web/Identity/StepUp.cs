using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts;

namespace Portal.Web.Identity;

/// <summary>Sends who must prove again that it is them to the page for that, and back to where they were.</summary>
internal static class StepUp
{
    public const string ConfirmPath = "/account/confirm";

    /// <returns>Where to confirm; it leads back to <paramref name="returnUrl"/>, an absolute path of this portal.</returns>
    public static string PathFor(string returnUrl) => $"{ConfirmPath}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>After a refused act: redirects when a fresh proof is what was missing. What was typed is typed again.</summary>
    /// <returns>True when the visitor is on the way; the page has nothing more to show.</returns>
    public static bool RedirectIfNeeded(this NavigationManager navigation, Failure? failure)
    {
        if (!string.Equals(failure?.Code, AccountFailures.StepUpRequired.Code, StringComparison.Ordinal))
            return false;
        navigation.NavigateTo(PathFor(Here(navigation)));
        return true;
    }

    /// <summary>Before a form is shown: redirects whose proof has run out, so that nothing is typed in vain.</summary>
    /// <inheritdoc cref="RedirectIfNeeded(NavigationManager, Failure?)"/>
    public static bool RedirectIfStale(this NavigationManager navigation, Actor actor, DateTimeOffset now) =>
        !actor.IsFresh(now) && navigation.RedirectIfNeeded(AccountFailures.StepUpRequired);

    private static string Here(NavigationManager navigation) => $"/{navigation.ToBaseRelativePath(navigation.Uri)}";
}
