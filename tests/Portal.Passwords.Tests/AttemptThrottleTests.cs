using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Portal.Passwords.Tests;

public sealed class AttemptThrottleTests
{
    private readonly FakeTimeProvider time = new();
    private readonly AttemptThrottle throttle;

    public AttemptThrottleTests() => throttle = new AttemptThrottle(
        new AttemptLimits(3, 5, TimeSpan.FromMinutes(3)), time);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::2")]
    public void TryTake_MoreThanTheAddressHas_IsFalse(string first, string same)
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(Take(first)));
        Assert.False(Take(same));
    }

    [Fact]
    public void IsSuspect_AfterThreeWrongOnesOfANameOrAnAddress_IsTrueForThoseAlone()
    {
        var roomy = new AttemptThrottle(new AttemptLimits(20, 100, TimeSpan.FromMinutes(10)), time);
        var address = IPAddress.Parse("192.0.2.1");
        for (var i = 0; i < 3; i++)
        {
            roomy.NoteWrong("Guessed@example.org ");
            roomy.TryTake(address);
        }

        roomy.TryTake(address);

        Assert.True(roomy.IsSuspect(IPAddress.Parse("198.51.100.1"), "guessed@example.org"));
        Assert.True(roomy.IsSuspect(address, "other@example.org"));
        Assert.False(roomy.IsSuspect(IPAddress.Parse("198.51.100.1"), "other@example.org"));
    }

    [Fact]
    public void TryTake_AddressesOfOneNetwork_ShareItsLimit()
    {
        Assert.All(Enumerable.Range(1, 5), host => Assert.True(Take($"192.0.2.{host}")));
        Assert.False(Take("192.0.2.6"));
        Assert.True(Take("198.51.100.1"));
    }

    [Fact]
    public void TryTake_AfterAThirdOfTheWindow_HasOneOfThreeBack()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(Take("192.0.2.1")));

        time.Advance(TimeSpan.FromSeconds(61));

        Assert.True(Take("192.0.2.1"));
        Assert.False(Take("192.0.2.1"));
    }

    [Fact]
    public void GiveBack_AfterSuccess_LeavesTheLimitWhole()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.True(Take("192.0.2.1"));
            throttle.GiveBack(IPAddress.Parse("192.0.2.1"));
        }
    }

    private bool Take(string ip) => throttle.TryTake(IPAddress.Parse(ip));
}
