using Portal.Passwords;
using Portal.Testing;

namespace Portal.Web.Tests.MailAuthentication;

/// <summary>Limits on failures, low enough to be met.</summary>
public sealed class SignInThrottleTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly MailWorld world = new(cluster);

    public async ValueTask InitializeAsync()
    {
        world.Limits = ("6", "20");
        await world.InitializeAsync();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Failures_OfOneAddress_PutOffTheNextAndLeaveOtherNetworksAlone()
    {
        var device = await world.AddDeviceAsync();
        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        for (var i = 0; i < 6; i++)
            Assert.Equal("FAIL", (await GuessAsync(socket, $"encimap-nobody-{i}", "192.0.2.1")).Verdict);

        var (verdict, more) = await socket.AskAsync("smtp", device.Username, device.Password.Text, "192.0.2.1");

        Assert.Equal("FAIL", verdict);
        Assert.Contains("temp", more, StringComparison.Ordinal);
        Assert.Equal("OK", (await socket.AskAsync("smtp", device.Username, device.Password.Text, "203.0.113.1")).Verdict);
    }

    [Fact]
    public async Task Failures_ForOneName_NeverKeepItsOwnerOut()
    {
        var device = await world.AddDeviceAsync();
        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        for (var i = 0; i < 12; i++)
            Assert.DoesNotContain("temp", (await GuessAsync(socket, device.Username, $"192.{i}.2.1")).More, StringComparison.Ordinal);

        Assert.Equal("OK", (await socket.AskAsync("smtp", device.Username, device.Password.Text, "203.0.113.1")).Verdict);
    }

    [Fact]
    public async Task TheSameWrongPassword_AgainAndAgain_IsOneFailure()
    {
        var device = await world.AddDeviceAsync();
        using var socket = await AuthSocket.ConnectAsync(world.SocketPath);
        var stale = GeneratedPassword.Create().Text;
        for (var i = 0; i < 20; i++)
            Assert.DoesNotContain("temp", (await socket.AskAsync("smtp", device.Username, stale, "192.0.2.1")).More, StringComparison.Ordinal);

        Assert.Equal("OK", (await socket.AskAsync("smtp", device.Username, device.Password.Text, "192.0.2.1")).Verdict);
    }

    private static Task<(string Verdict, string More)> GuessAsync(AuthSocket socket, string name, string address) =>
        socket.AskAsync("smtp", name, GeneratedPassword.Create().Text, address);
}
