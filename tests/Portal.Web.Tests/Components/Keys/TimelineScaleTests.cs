using Portal.Vault.Certificates;
using Portal.Web.Components.Keys;

namespace Portal.Web.Tests.Components.Keys;

public sealed class TimelineScaleTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_KeyOfTenYears_RunsOutOfThePicture()
    {
        var scale = TimelineScale.Of([Key(Now.AddDays(-1), Now.AddYears(10))], new KeyCoverage(0, [], []), Now);

        Assert.Equal((2026, 5), (scale.FirstYear, scale.Years));
        Assert.Equal(100, scale.At(Now.AddYears(10)));
        Assert.InRange(scale.Today, 9.5, 10.5);
    }

    [Fact]
    public void Of_OldMail_BeginsAtMostSixYearsBack()
    {
        var coverage = new KeyCoverage(1, [], [new CoverageSpan(Now.AddYears(-9), Now, 1, 1, 1)]);

        Assert.Equal(2020, TimelineScale.Of([], coverage, Now).FirstYear);
    }

    [Fact]
    public void Place_ManyShortSpans_NeverOverlapNorLeaveThePicture()
    {
        var spans = Enumerable.Range(0, 6).Select(n => new CoverageSpan(Now.AddDays(n), Now.AddDays(n), 1, n % 2, n % 2)).ToList();
        var scale = TimelineScale.Of([Key(Now, Now.AddYears(2))], new KeyCoverage(6, [], spans), Now);

        var placed = scale.Place(spans);

        Assert.All(placed.Zip(placed.Skip(1)), pair => Assert.True(pair.First.Left + pair.First.Width <= pair.Second.Left + .001));
        Assert.All(placed, span => Assert.InRange(span.Left + span.Width, 8.9, 100.001));
        Assert.All(placed, span => Assert.True(span.Width > 8.9));
    }

    [Fact]
    public void Place_MailOfToday_EndsAtToday()
    {
        var span = new CoverageSpan(Now, Now, 1, 1, 1);
        var scale = TimelineScale.Of([Key(Now, Now.AddYears(2))], new KeyCoverage(1, [], [span]), Now);

        var placed = Assert.Single(scale.Place([span]));

        Assert.InRange(placed.Left + placed.Width, 0, scale.Today + .001);
        Assert.True(placed.Width > 12.9);
    }

    private static ShownKey Key(DateTimeOffset from, DateTimeOffset to) => new(
        new CertificateView(Guid.NewGuid(), "public", "mail", "Key", "", new string('a', 64), "RSA 3072", from, to, "active", "owner", null, from), true, 0, 0, KeyState.InUse);
}
