using System.Net;
using Portal.Platform.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Platform.Tests.Accounts.Sessions;

public sealed class SignInAlertTests(PostgresCluster cluster) : PlatformTest(cluster)
{
    private const string Email = "user@example.org";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string NewerFirefox = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
    private const string Chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    [Fact]
    public async Task SignIn_FirstSessionOfAnAccount_TellsNobody()
    {
        await AddUserAsync(Email);

        await OpenAsync("192.0.2.7", Firefox);

        Assert.Equal(0L, await AlertsAsync());
    }

    [Theory]
    [InlineData("192.0.2.200", NewerFirefox, 0)]
    [InlineData("192.0.3.7", Firefox, 1)]
    [InlineData("192.0.2.7", Chrome, 1)]
    [InlineData("192.0.2.7", null, 1)]
    public async Task SignIn_Again_TellsWhenBrowserOrNetworkIsNew(string ip, string? userAgent, long alerts)
    {
        await AddUserAsync(Email);
        await OpenAsync("192.0.2.7", Firefox);

        await OpenAsync(ip, userAgent);
        await OpenAsync(ip, userAgent);

        Assert.Equal(alerts, await AlertsAsync());
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", 0)]
    [InlineData("2001:db8:2::1", 1)]
    public async Task SignIn_OverIPv6_TellsNetworksApartByTheirFirst48Bits(string ip, long alerts)
    {
        await AddUserAsync(Email);
        await OpenAsync("2001:db8:1::1", Firefox);

        await OpenAsync(ip, Firefox);

        Assert.Equal(alerts, await AlertsAsync());
    }

    [Fact]
    public async Task SignIn_FromWhereNobodyCameFor90Days_IsToldAgain()
    {
        await AddUserAsync(Email);
        await OpenAsync("192.0.2.7", Firefox);
        Time.Advance(TimeSpan.FromDays(90) + TimeSpan.FromSeconds(1));

        await OpenAsync("192.0.2.7", Firefox);

        Assert.Equal(1L, await AlertsAsync());
    }

    [Fact]
    public async Task SignIn_FromANewNetwork_SaysDeviceAddressTimeAndWhatToDo()
    {
        await AddUserAsync(Email);
        await OpenAsync("192.0.2.7", Firefox);
        await OpenAsync("198.51.100.9", Chrome);

        var text = await LastMailAsync("new-sign-in", Email);

        Assert.Contains("Chrome on Linux, network address 198.51.100.9", text, StringComparison.Ordinal);
        Assert.Contains("UTC", text, StringComparison.Ordinal);
        Assert.Contains("set a new password and end the other sessions", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_FromManyNetworks_SendsFiveAlertsAnHour()
    {
        await AddUserAsync(Email);
        for (var i = 0; i < 8; i++)
            await OpenAsync($"192.0.{i}.7", Firefox);

        Assert.Equal(5L, await AlertsAsync());
        Time.Advance(TimeSpan.FromHours(1));
        await OpenAsync("192.0.99.7", Firefox);
        Assert.Equal(6L, await AlertsAsync());
    }

    private async Task OpenAsync(string ip, string? userAgent) => Assert.True(
        (await Get<SignIn>().HandleAsync(new SignInRequest(Email, GoodPassword, IPAddress.Parse(ip), userAgent), Cancel)).Succeeded);

    private Task<long> AlertsAsync() => Database.ScalarAsync<long>("SELECT count(*) FROM system_messages WHERE kind = 'new-sign-in'");
}
