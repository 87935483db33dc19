// Over 300 lines: the whole of one protocol, command by command; its reader wants it in one place.
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Backends;
using Portal.Mail.DovecotAuth;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.DovecotAuth;

public sealed class DovecotAuthSessionTests
{
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(12));

    [Fact]
    public async Task Handshake_EachConnection_HasItsOwnIdAndCookie()
    {
        await using var server = await DovecotAuthServer.StartAsync();

        var first = await IntroductionAsync(await server.ConnectAsync());
        var second = await IntroductionAsync(await server.ConnectAsync());

        Assert.Equal(["VERSION\t1\t2", "MECH\tPLAIN\tplaintext", "MECH\tLOGIN\tplaintext", $"SPID\t{Environment.ProcessId}"], first[..4]);
        Assert.Matches("^CUID\t[0-9]+$", first[4]);
        Assert.Matches("^COOKIE\t[0-9a-f]{32}$", first[5]);
        Assert.Equal("DONE", first[6]);
        Assert.NotEqual(first[4], second[4]);
        Assert.NotEqual(first[5], second[5]);
    }

    [Fact]
    public async Task Plain_AsPostfixAsks_IsCheckedAndAnswered()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        var reply = await client.AskAsync($"AUTH\t1\tPLAIN\tservice=smtp\tnologin\tlip=127.0.0.1\trip=::ffff:192.0.2.7\tsecured\tresp={Plain("motor-a")}");

        Assert.Equal("OK\t1\tuser=motor-a", reply);
        var (request, password) = Assert.Single(server.Requests);
        Assert.Equal(("smtp", "PLAIN", "motor-a", _password), (request.Service, request.Credentials.Mechanism, request.Credentials.Username, password));
        Assert.Equal((IPAddress.Parse("192.0.2.7"), true, null), (request.RemoteAddress, request.IsSecured, request.LocalName));
        Assert.Throws<ObjectDisposedException>(() => request.Credentials.Password.Reveal());
    }

    [Fact]
    public async Task Plain_WithoutResponse_IsAskedForIt()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        Assert.Equal("CONT\t7\t", await client.AskAsync("AUTH\t7\tPLAIN\tservice=smtp\tlocal_name=mx.example.org"));
        Assert.Equal("OK\t7\tuser=a", await client.AskAsync($"CONT\t7\t{Plain("a")}"));

        var (request, _) = Assert.Single(server.Requests);
        Assert.Equal((null, false, "mx.example.org"), (request.RemoteAddress, request.IsSecured, request.LocalName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Login_NameThenPassword_IsChecked(bool withInitialName)
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        if (withInitialName)
        {
            Assert.Equal("CONT\t1\tUGFzc3dvcmQ6", await client.AskAsync($"AUTH\t1\tLOGIN\tservice=smtp\tresp={SubmissionServer.Base64("a")}"));
        }
        else
        {
            Assert.Equal("CONT\t1\tVXNlcm5hbWU6", await client.AskAsync("AUTH\t1\tlogin\tservice=smtp"));
            Assert.Equal("CONT\t1\tUGFzc3dvcmQ6", await client.AskAsync($"CONT\t1\t{SubmissionServer.Base64("a")}"));
        }

        Assert.Equal("OK\t1\tuser=a", await client.AskAsync($"CONT\t1\t{SubmissionServer.Base64(_password)}"));
        Assert.Equal(_password, Assert.Single(server.Requests).Password);
    }

    [Fact]
    public async Task Decisions_OfTheHost_AreToldApart()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        using var metrics = new RecordedMetrics(server.Services.GetRequiredService<IMeterFactory>(), DovecotAuthMetrics.MeterName);
        server.OnRequest = (request, _) => request.Credentials.Username switch
        {
            "broken" => throw new InvalidOperationException("canary"),
            "later" => ValueTask.FromResult(DovecotAuthDecision.TryLater),
            "alias" => ValueTask.FromResult(DovecotAuthDecision.Accepted("real\tname")),
            _ => ValueTask.FromResult(DovecotAuthDecision.Refused),
        };
        var client = await server.ShakeHandsAsync();

        Assert.Equal("FAIL\t1\tuser=wrong", await client.AskAsync(Auth(1, "wrong")));
        Assert.Equal("FAIL\t2\tuser=later\ttemp\tcode=temp_fail\treason=Temporary authentication failure", await client.AskAsync(Auth(2, "later")));
        Assert.Equal("FAIL\t3\tuser=broken\ttemp\tcode=temp_fail\treason=Temporary authentication failure", await client.AskAsync(Auth(3, "broken")));
        Assert.Equal("OK\t4\tuser=real\u0001tname", await client.AskAsync(Auth(4, "alias")));

        Assert.Equal("refused later later accepted", string.Join(' ', metrics.Of("portal.dovecot_auth.login.duration").Select(m => m.Tag)));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal) || line.Contains(_password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_Pipelined_AreCheckedSideBySide()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var first = new TaskCompletionSource<DovecotAuthDecision>();
        server.OnRequest = async (request, _) =>
            request.Credentials.Username == "slow" ? await first.Task : DovecotAuthDecision.Accepted(request.Credentials.Username);
        var client = await server.ShakeHandsAsync();

        await client.SendAsync($"{Auth(1, "slow")}\n{Auth(2, "quick")}\n");
        Assert.Equal("OK\t2\tuser=quick", await client.ReadAsync());
        first.SetResult(DovecotAuthDecision.Refused);
        Assert.Equal("FAIL\t1\tuser=slow", await client.ReadAsync());
    }

    [Fact]
    public async Task Requests_MoreThanAtOnce_Wait()
    {
        await using var server = await DovecotAuthServer.StartAsync(o => o.MaxRequestsPerConnection = 2);
        var (gate, arrived, underWay) = (new TaskCompletionSource(), new SemaphoreSlim(0), 0);
        var most = 0;
        server.OnRequest = async (_, _) =>
        {
            var now = Interlocked.Increment(ref underWay);
            most = Math.Max(most, now);
            arrived.Release();
            await gate.Task;
            Interlocked.Decrement(ref underWay);
            return DovecotAuthDecision.Refused;
        };
        var client = await server.ShakeHandsAsync();

        await client.SendAsync(string.Concat(Enumerable.Range(1, 5).Select(i => Auth((uint)i, "a") + "\n")));
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        await arrived.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, server.Requests.Count);
        gate.SetResult();
        for (var i = 0; i < 5; i++)
            Assert.StartsWith("FAIL\t", await client.ReadAsync(), StringComparison.Ordinal);

        Assert.InRange(most, 1, 2);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task Exchanges_LeftOpen_TheOldestGivesWay()
    {
        await using var server = await DovecotAuthServer.StartAsync(o => o.MaxRequestsPerConnection = 2);
        var client = await server.ShakeHandsAsync();

        await client.AskAsync("AUTH\t1\tLOGIN\tservice=smtp");
        await client.AskAsync("AUTH\t2\tLOGIN\tservice=smtp");
        Assert.Equal("FAIL\t1\ttemp\tcode=temp_fail", await client.AskAsync("AUTH\t3\tLOGIN\tservice=smtp"));
        Assert.Equal("CONT\t3\tVXNlcm5hbWU6", await client.ReadAsync());
        await client.SendAsync("CONT\t1\tYQ==\nCANCEL\t2\n");
        Assert.Equal("CONT\t2\tVXNlcm5hbWU6", await client.AskAsync("AUTH\t2\tLOGIN\tservice=smtp"));
    }

    [Theory]
    [InlineData("AUTH\t1\tSCRAM-SHA-256\tservice=smtp", "FAIL\t1\treason=Unsupported authentication mechanism")]
    [InlineData("AUTH\t1\tPLAIN\tservice=smtp\tresp=!!!!", "FAIL\t1\treason=Authentication data not understood")]
    [InlineData("AUTH\t1\tPLAIN\tservice=smtp\tresp==", "FAIL\t1\treason=Authentication data not understood")]
    [InlineData("AUTH\t1\tPLAIN\tservice=smtp\tresp=YgBhAHg=", "FAIL\t1\tauthz\tcode=authz_fail")]
    public async Task Request_NotForTheHost_FailsAtOnce(string line, string reply)
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        Assert.Equal(reply, await client.AskAsync(line));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Parameters_BehindTheResponse_AreNotRead()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        await client.AskAsync($"AUTH\t1\tPLAIN\tservice=a\u0001tb\tfuture=x\tno-penalty\tresp={Plain("a")}\tsecured\trip=192.0.2.1");

        var (request, _) = Assert.Single(server.Requests);
        Assert.Equal(("a\tb", false, null), (request.Service, request.IsSecured, request.RemoteAddress));
    }

    [Theory]
    [InlineData("AUTH\tx\tPLAIN\tservice=smtp")]
    [InlineData("AUTH\t-1\tPLAIN\tservice=smtp")]
    [InlineData("AUTH\t4294967296\tPLAIN\tservice=smtp")]
    [InlineData("AUTH\t1")]
    [InlineData("AUTH")]
    [InlineData("AUTH\t1\tPLAIN")]
    [InlineData("CONT\tx\tYQ==")]
    [InlineData("CANCEL")]
    [InlineData("AUTH\t1\tLOGIN\tservice=smtp\nAUTH\t1\tLOGIN\tservice=smtp")]
    public async Task Request_Broken_EndsTheConnection(string lines)
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        await client.SendAsync(lines + "\n");

        while (await client.ReadAsync() is { } line)
            Assert.StartsWith("CONT\t1", line, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Commands_Unknown_AreIgnored()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();

        await client.SendAsync("FUTURE\tx\n\nAVERYLONGCOMMAND\n\u0000\u00FF\u0001\nVERSION\t9\t9\nCONT\t99\tYQ==\n");

        Assert.Equal("OK\t1\tuser=a", await client.AskAsync(Auth(1, "a")));
    }

    [Theory]
    [InlineData("VERSION\t2\t0\nCPID\t1\n")]
    [InlineData("VERSION\n")]
    [InlineData("CPID\t1\n")]
    [InlineData("VERSION\t1\t1\nAUTH\t1\tLOGIN\tservice=smtp\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    public async Task Handshake_NotOurs_EndsTheConnection(string lines)
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ConnectAsync();
        await IntroductionAsync(client);

        await client.SendAsync(lines);

        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task Handshake_NeverDone_EndsTheConnection()
    {
        var time = new FakeTimeProvider();
        await using var server = await DovecotAuthServer.StartAsync(time: time);
        var idle = await server.ConnectAsync();
        // An answered login shows that its own timer is off by now.
        var busy = await server.ShakeHandsAsync();
        Assert.Equal("OK\t1\tuser=a", await busy.AskAsync(Auth(1, "a")));
        await IntroductionAsync(idle);

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(await idle.ReadAsync());
        Assert.Equal("OK\t2\tuser=a", await busy.AskAsync(Auth(2, "a")));
    }

    [Theory]
    [InlineData(8_191, true)]
    [InlineData(8_192, false)]
    public async Task Line_Length_IsBounded(int octets, bool isServed)
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var client = await server.ShakeHandsAsync();
        var line = Auth(1, "a");

        await client.SendAsync("AUTH\t1\tPLAIN\tservice=smtp\tx=" + new string('x', octets - line.Length - "\tx=".Length) + line["AUTH\t1\tPLAIN\tservice=smtp".Length..] + "\n");

        Assert.Equal(isServed ? "OK\t1\tuser=a" : null, await client.ReadAsync());
    }

    [Fact]
    public async Task Connections_MoreThanAllowed_AreClosed()
    {
        await using var server = await DovecotAuthServer.StartAsync(o => o.MaxConnections = 1);
        var first = await server.ShakeHandsAsync();

        Assert.Null(await (await server.ConnectAsync()).ReadAsync());

        Assert.Equal("OK\t1\tuser=a", await first.AskAsync(Auth(1, "a")));
        Assert.Contains(server.Log.Lines, line => line.StartsWith("1133 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_LoginUnderWay_IsAnsweredFirst()
    {
        await using var server = await DovecotAuthServer.StartAsync();
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource<DovecotAuthDecision>());
        server.OnRequest = async (_, _) =>
        {
            arrived.SetResult();
            return await gate.Task;
        };
        var client = await server.ShakeHandsAsync();
        await client.SendAsync(Auth(1, "a") + "\n");
        await arrived.Task;

        var stopping = server.StopAsync();
        gate.SetResult(DovecotAuthDecision.Accepted("a"));

        Assert.Equal("OK\t1\tuser=a", await client.ReadAsync());
        Assert.Null(await client.ReadAsync());
        await stopping;
    }

    private string Plain(string username) => SubmissionServer.Base64($"\0{username}\0{_password}");

    private string Auth(uint id, string username) =>
        string.Create(CultureInfo.InvariantCulture, $"AUTH\t{id}\tPLAIN\tservice=smtp\tresp={Plain(username)}");

    private static async Task<List<string>> IntroductionAsync(DovecotClient client)
    {
        var lines = new List<string>();
        while (lines.LastOrDefault() is not "DONE")
            lines.Add(await client.ReadAsync() ?? throw new EndOfStreamException());
        return lines;
    }
}
