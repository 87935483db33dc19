using Portal.Vault.Credentials;

namespace Portal.Vault.Tests.Credentials;

public sealed class DeviceScopeTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData(" 2001:DB8::/32 ", "2001:db8::/32")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.128/25", "192.0.2.128/25")]
    public void Networks_WellWritten_AreRead(string text, string network) =>
        Assert.Equal([network], DeviceScope.Networks([text]).Value!.Select(n => $"{n}"));

    [Theory]
    [InlineData("192.0.2.7/24", "192.0.2.0/24")]
    [InlineData("192.0.2.1/31", "192.0.2.0/31")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("10.0.0.0/0", "0.0.0.0/0")]
    public void Networks_WithHostBits_AreRefusedWithWhatWasMeant(string text, string meant)
    {
        var read = DeviceScope.Networks([text]);

        Assert.Equal(("network_host_bits", true), (read.Problem?.Code, read.Problem?.Detail.Contains($"{meant},", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("home")]
    [InlineData("127.1")]
    [InlineData("0x7f000001")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.0/24/24")]
    [InlineData("2001:db8::/129")]
    [InlineData("fe80::1%1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("::ffff:192.0.2.7")]
    public void Networks_OfAnotherShape_AreRefused(string text) => Assert.Equal("network_malformed", DeviceScope.Networks([text]).Problem?.Code);

    [Fact]
    public void Networks_MoreThanTwenty_AreRefused()
    {
        var many = Enumerable.Range(0, 21).Select(n => $"10.{n}.0.0/16").ToList();

        Assert.Equal("networks_too_many", DeviceScope.Networks(many).Problem?.Code);
        Assert.Equal(20, DeviceScope.Networks(many[..20]).Value!.Length);
    }

    [Fact]
    public void Networks_None_MeansAnywhere()
    {
        Assert.True(DeviceScope.Networks(null).Succeeded);
        Assert.Null(DeviceScope.Networks([]).Value);
    }

    [Fact]
    public void Expiry_InAnotherZone_IsKeptInUtc()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var read = DeviceScope.Expiry(now.AddDays(1).ToOffset(TimeSpan.FromHours(2)), now);

        Assert.Equal((now.AddDays(1), TimeSpan.Zero), (read.Value, read.Value!.Value.Offset));
    }
}
