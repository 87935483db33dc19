using Portal.Platform.MotorBlocks;

namespace Portal.Platform.Tests.MotorBlocks;

public sealed class MotorBlockInputTests
{
    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.64/27", "192.0.2.64/27")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("::/0", "::/0")]
    public void ReadNetworks_OfANetworkOrAddress_ReadsIt(string text, string read) =>
        Assert.Equal(read, Assert.Single(MotorBlockInput.ReadNetworks([text]).Value!).ToString());

    [Theory]
    [InlineData("192.0.2.7/24", "192.0.2.0/24", "192.0.2.7/32")]
    [InlineData("2001:db8::1/64", "2001:db8::/64", "2001:db8::1/128")]
    public void ReadNetworks_WithBitsBeyondThePrefix_SaysHowToWriteIt(string text, string network, string address)
    {
        var failure = MotorBlockInput.ReadNetworks([text]).Failure;

        Assert.Equal("network_has_host_bits", failure?.Code);
        Assert.Contains(network, failure!.Detail, StringComparison.Ordinal);
        Assert.Contains(address, failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("everywhere")]
    [InlineData("10.1/16")]
    [InlineData("010.0.0.0/8")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/-1")]
    [InlineData("192.0.2.0/")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:192.0.2.0/120")]
    [InlineData("fe80::1%1/128")]
    [InlineData("192.0.2.0/24/24")]
    public void ReadNetworks_OfWhatIsNone_SaysSo(string text) =>
        Assert.Equal("network_malformed", MotorBlockInput.ReadNetworks([text]).Failure?.Code);

    [Fact]
    public void ReadNetworks_OfTooMany_SaysSo()
    {
        string[] most = [.. Enumerable.Range(0, 20).Select(n => $"10.{n}.0.0/16")];

        Assert.Equal(20, MotorBlockInput.ReadNetworks(most).Value!.Length);
        Assert.Equal("too_many_networks", MotorBlockInput.ReadNetworks([.. most, "10.20.0.0/16"]).Failure?.Code);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(43_200, true)]
    [InlineData(43_201, false)]
    [InlineData(int.MaxValue, false)]
    public void RefuseOverlap_AtTheEdges_TakesThirtyDays(int minutes, bool isGood) =>
        Assert.Equal(isGood, MotorBlockInput.RefuseOverlap(minutes) is null);
}
