using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Web.Identity;
using Portal.Web.Tests.Components;

namespace Portal.Web.Tests.Identity;

public sealed class StepUpTests : ComponentTest
{
    [Fact]
    public void RedirectIfNeeded_WhenAFreshProofIsMissing_LeadsThereAndBack()
    {
        Navigation.NavigateTo("/account/security?section=passkeys&x=a%20b");

        Assert.True(Navigation.RedirectIfNeeded(AccountFailures.StepUpRequired));

        Assert.Equal(
            "http://localhost/account/confirm?returnUrl=%2Faccount%2Fsecurity%3Fsection%3Dpasskeys%26x%3Da%2520b", Navigation.Uri);
    }

    [Fact]
    public void RedirectIfNeeded_ForAnythingElse_Stays()
    {
        Navigation.NavigateTo("/account/security");

        Assert.False(Navigation.RedirectIfNeeded(null));
        Assert.False(Navigation.RedirectIfNeeded(AccountFailures.NotFound));
        Assert.False(Navigation.RedirectIfNeeded(new Failure("email_invalid", "No.")));

        Assert.Equal("http://localhost/account/security", Navigation.Uri);
    }

    [Fact]
    public void RedirectIfStale_AtTheEndOfTheWindow_Redirects()
    {
        var now = Time.GetUtcNow();
        Navigation.NavigateTo("/account/tokens");

        Assert.False(Navigation.RedirectIfStale(Actor.Person(UserId, Role.User, Guid.NewGuid(), now.AddSeconds(1)), now));
        Assert.True(Navigation.RedirectIfStale(Actor.Person(UserId, Role.User, Guid.NewGuid(), now), now));

        Assert.Equal("http://localhost/account/confirm?returnUrl=%2Faccount%2Ftokens", Navigation.Uri);
    }
}
