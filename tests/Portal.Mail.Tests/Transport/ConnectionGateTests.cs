using System.Net;
using Portal.Mail.Transport;

namespace Portal.Mail.Tests.Transport;

public sealed class ConnectionGateTests
{
    [Fact]
    public void Enter_PeerAtItsLimit_OnlyThatPeerIsRefused()
    {
        var gate = new ConnectionGate(10, 2);
        var (busy, other) = (IPAddress.Parse("192.0.2.1"), IPAddress.Parse("192.0.2.2"));

        Assert.Equal(GateVerdict.Admitted, gate.Enter(busy));
        Assert.Equal(GateVerdict.Admitted, gate.Enter(busy));
        Assert.Equal(GateVerdict.PeerFull, gate.Enter(busy));
        Assert.Equal(GateVerdict.Admitted, gate.Enter(other));

        gate.Leave(busy);
        Assert.Equal(GateVerdict.Admitted, gate.Enter(busy));
    }

    [Fact]
    public void Enter_AllTaken_EverybodyIsRefused()
    {
        var gate = new ConnectionGate(1, 5);

        Assert.Equal(GateVerdict.Admitted, gate.Enter(IPAddress.Parse("192.0.2.1")));
        Assert.Equal(GateVerdict.ServerFull, gate.Enter(IPAddress.Parse("192.0.2.2")));

        gate.Leave(IPAddress.Parse("192.0.2.1"));
        Assert.Equal(0, gate.Total);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void NetworkOf_TwoAddresses_AreOnePeerWhenOneHostHasBoth(string one, string two, bool same) =>
        Assert.Equal(same, ConnectionGate.NetworkOf(IPAddress.Parse(one)).Equals(ConnectionGate.NetworkOf(IPAddress.Parse(two))));
}
