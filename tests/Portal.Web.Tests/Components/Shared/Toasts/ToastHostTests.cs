using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Web.Components.Shared.Toasts;

namespace Portal.Web.Tests.Components.Shared.Toasts;

public sealed class ToastHostTests : ComponentTest
{
    private Toaster Toaster => Services.GetRequiredService<Toaster>();

    [Fact]
    public void NothingSaid_RegionIsThereSoThatWhatComesIsReadOut()
    {
        var host = Render<ToastHost>();

        Assert.Empty(host.Find("[role=status]").Children);
    }

    [Fact]
    public void Say_Shows_AndGoesAfterAWhile()
    {
        var host = Render<ToastHost>();

        Toaster.Say("Renamed.");
        host.WaitForAssertion(() => Assert.Contains("Renamed.", host.Find("[role=status]").TextContent, StringComparison.Ordinal));

        Time.Advance(TimeSpan.FromSeconds(6));
        host.WaitForAssertion(() => Assert.Empty(host.Find("[role=status]").Children));
    }

    [Fact]
    public void Say_BeforeAHostIsThere_IsShownAndGoesAsWell()
    {
        Toaster.Say("Paused.");

        var host = Render<ToastHost>();

        Assert.Contains("Paused.", host.Markup, StringComparison.Ordinal);
        Time.Advance(TimeSpan.FromSeconds(6));
        host.WaitForAssertion(() => Assert.Empty(host.Find("[role=status]").Children));
    }

    [Fact]
    public void Offer_TakenUp_RunsOnceAndCloses()
    {
        var host = Render<ToastHost>();
        var runs = 0;
        Toaster.Say("Deleted 3 aliases.", "Undo", () =>
        {
            runs++;
            Toaster.Say("They are back.");
            return Task.CompletedTask;
        });
        host.WaitForElement(".toast");

        host.FindAll("button").Single(b => b.TextContent == "Undo").Click();

        host.WaitForAssertion(() => Assert.Equal("They are back.", host.FindAll(".text").Single().TextContent));
        Assert.Equal(1, runs);
    }

    [Fact]
    public void PointedAt_Stays_UntilItsTimeHasPassedAnew()
    {
        var host = Render<ToastHost>();
        Toaster.Say("Deleted.", "Undo", () => Task.CompletedTask);
        host.WaitForElement(".toast").MouseEnter();

        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(host.FindAll(".toast"));

        host.Find(".toast").MouseLeave();
        Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Single(host.FindAll(".toast"));
        Time.Advance(TimeSpan.FromSeconds(1));
        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    [Fact]
    public void FocusInside_Holds_AndDismissCloses()
    {
        var host = Render<ToastHost>();
        Toaster.Fail("The name could not be saved. Try again.");
        host.WaitForElement(".toast").FocusIn();
        Time.Advance(TimeSpan.FromMinutes(1));

        host.Find("[aria-label=Dismiss]").Click();

        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".toast")));
    }

    [Fact]
    public void MoreThanFit_OldestGoes()
    {
        var host = Render<ToastHost>();

        for (var i = 1; i <= Toaster.Most + 1; i++)
            Toaster.Say($"Number {i}");

        host.WaitForAssertion(() => Assert.Equal(["Number 2", "Number 3", "Number 4"], host.FindAll(".text").Select(t => t.TextContent)));
    }
}
