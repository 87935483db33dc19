using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class AuthTests
{
    [Fact]
    public async Task Auth_PlainWithInitialResponse_SignsIn()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"auth plain {server.Plain()}", "235 2.7.0 Welcome");
        await client.SayAsync("MAIL FROM:<alice@example.org>", "250 2.1.0");

        var (peer, credentials, password) = Assert.Single(server.Backend.Logins);
        Assert.Equal(("PLAIN", SubmissionBackend.Username, server.Backend.Password), (credentials.Mechanism, credentials.Username, password));
        Assert.Null(peer.Login);
        Assert.NotNull(peer.TlsProtocol);
        var sender = Assert.Single(server.Backend.AskedSenders).Peer.Login;
        Assert.Equal((SubmissionBackend.Username, "tag"), (sender?.Username, sender?.Tag));
    }

    [Fact]
    public async Task Auth_PlainWithoutInitialResponse_IsAskedForIt()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SendAsync("AUTH PLAIN\r\n");
        Assert.Equal("334 ", await client.ReadReplyAsync());
        await client.SayAsync(server.Plain(), "235 2.7.0");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Auth_Login_AsksForNameAndPassword(bool withInitialName)
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        var name = SubmissionServer.Base64(SubmissionBackend.Username);
        if (withInitialName)
        {
            await client.SayAsync($"AUTH LOGIN {name}", "334 UGFzc3dvcmQ6");
        }
        else
        {
            await client.SayAsync("AUTH LOGIN", "334 VXNlcm5hbWU6");
            await client.SayAsync(name, "334 UGFzc3dvcmQ6");
        }

        await client.SayAsync(SubmissionServer.Base64(server.Backend.Password), "235 2.7.0");
        Assert.Equal("LOGIN", Assert.Single(server.Backend.Logins).Credentials.Mechanism);
    }

    [Fact]
    public async Task Auth_WrongPasswords_EndTheSessionAtTheThird()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain("wrong")}", "535 5.7.8 Wrong");
        await client.SayAsync("MAIL FROM:<a@b>", "530 5.7.0 Authentication required");
        await client.SayAsync("AUTH PLAIN " + SubmissionServer.Base64("bob\0alice@example.org\0x"), "535 5.7.8");
        await client.SayAsync($"AUTH PLAIN {server.Plain("wrong")}", "535 5.7.8");
        await client.ExpectAsync("421 4.7.0 Too many failed logins");
        await client.ExpectEndAsync();

        Assert.Equal(2, server.Backend.Logins.Count);
        Assert.Equal("auth_failed auth_required auth_failed auth_failed auth_failures_too_many", Reasons(server));
        Assert.Equal(0, server.Backend.Releases);
    }

    [Fact]
    public async Task Auth_EmptyNameOrPassword_IsAskedLikeAnyOther()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync("AUTH PLAIN " + SubmissionServer.Base64("\0\0"), "535 5.7.8");
        await client.SayAsync("AUTH LOGIN =", "334 UGFz");
        await client.SayAsync("", "535 5.7.8");

        Assert.Equal(2, server.Backend.Logins.Count);
    }

    [Theory]
    [InlineData("AUTH", "501 5.5.4", "argument_missing")]
    [InlineData("AUTH ", "501 5.5.4", "argument_missing")]
    [InlineData("AUTHPLAIN", "530 5.7.0", "auth_required")]
    [InlineData("AUTH SCRAM-SHA-256", "504 5.5.4", "auth_mechanism_unknown")]
    [InlineData("AUTH averylongwordthatmaybeapassword", "504 5.5.4", "auth_mechanism_unknown")]
    [InlineData("AUTH PLAIN =", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN AGEAYg", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN AGEA Yg==", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN !!!!", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN AGEAYgBj", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN YQBi", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH PLAIN AP8Ag==", "501 5.5.2", "auth_malformed")]
    [InlineData("AUTH LOGIN YQBi", "501 5.5.2", "auth_malformed")]
    public async Task Auth_Malformed_IsRefusedWithoutAskingTheHost(string command, string reply, string reason)
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync(command, reply);
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");

        Assert.Equal(reason, Reasons(server));
        Assert.Single(server.Backend.Logins);
    }

    [Fact]
    public async Task Auth_NameTooLong_IsRefusedAsAnyWrongOne()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync("AUTH PLAIN " + SubmissionServer.Base64($"\0{new string('x', 321)}\0y"), "535 5.7.8");
        await client.SayAsync("AUTH PLAIN " + SubmissionServer.Base64($"\0{new string('x', 320)}\0y"), "535 5.7.8");

        Assert.Equal(320, Assert.Single(server.Backend.Logins).Credentials.Username.Length);
    }

    [Fact]
    public async Task Auth_Cancelled_TheNextTryIsFree()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync("AUTH LOGIN", "334 ");
        await client.SayAsync("*", "501 5.7.0");
        await client.SayAsync("AUTH PLAIN", "334 ");
        await client.SayAsync("*", "501 5.7.0");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
    }

    [Fact]
    public async Task Auth_LineLength_IsThatOfTheRfc()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectSecurelyAsync();
        const string verb = "AUTH PLAIN ";
        var longest = 12_288 - 2 - verb.Length;
        var text = $"\0{SubmissionBackend.Username}\0" + new string('p', 9_000);

        // As long as may be: refused for what it says, not for its length.
        await client.SayAsync(verb + new string('A', longest), "501 5.5.2");
        await client.SayAsync(verb + SubmissionServer.Base64(text), "535 5.7.8");
        await client.SayAsync(verb + new string('A', longest + 1), "500 5.5.6");
        await client.SayAsync("AUTH PLAIN", "334 ");
        await client.SayAsync(new string('A', 12_287), "500 5.5.6");
        await client.SayAsync("NOOP " + new string('x', 2_048), "500 5.5.2 Command line too long");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
    }

    [Fact]
    public async Task Auth_OutOfPlace_IsRefused()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.ConnectTlsSilentlyAsync();
        await client.UpgradeAsync();
        await client.ExpectAsync("220 ");

        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "503 5.5.1 Say EHLO");
        await client.SayAsync("HELO a", "250 ");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "503 Say EHLO");
        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 ");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "503 5.5.1 Already");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "503 5.5.1 Not during");

        Assert.Single(server.Backend.Logins);
    }

    [Fact]
    public async Task Auth_HostThrows_IsTemporaryAndCountsLikeAFailure()
    {
        await using var server = await SubmissionServer.StartAsync(o => o.MaxAuthFailures = 2);
        server.Backend.OnLogin = (_, _) => throw new InvalidOperationException("canary");
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "454 4.7.0 Temporary");
        server.Backend.OnLogin = (_, _) => ValueTask.FromResult(new LoginDecision(new SmtpReply(454, new(4, 7, 0), "Busy"), null));
        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "454 4.7.0 Busy");

        await client.ExpectAsync("421 4.7.0 Too many failed logins");
        await client.ExpectEndAsync();
        Assert.Equal("auth_unavailable auth_failures_too_many", Reasons(server));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Auth_YesWithoutALogin_IsNone()
    {
        await using var server = await SubmissionServer.StartAsync();
        server.Backend.OnLogin = (_, _) => ValueTask.FromResult(new LoginDecision(new SmtpReply(235, null, "Yes"), null));
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "454 4.7.0");
        await client.SayAsync("MAIL FROM:<a@b>", "530 5.7.0");
    }

    [Fact]
    public async Task Auth_NoWithALogin_SignsNobodyInAndReleasesIt()
    {
        await using var server = await SubmissionServer.StartAsync();
        server.Backend.OnLogin = (_, _) => ValueTask.FromResult(new LoginDecision(SubmissionBackend.Wrong, server.Backend.Login));
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "535 5.7.8");
        await client.SayAsync("MAIL FROM:<a@b>", "530 5.7.0");

        Assert.Equal(1, server.Backend.Releases);
    }

    [Fact]
    public async Task Auth_YesWithAnotherCode_IsToldAs235()
    {
        await using var server = await SubmissionServer.StartAsync();
        server.Backend.OnLogin = (_, _) => ValueTask.FromResult(new LoginDecision(new SmtpReply(250, null, "Yes"), server.Backend.Login));
        var client = await server.ConnectSecurelyAsync();

        await client.SayAsync($"AUTH PLAIN {server.Plain()}", "235 2.7.0");
        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
    }

    [Fact]
    public async Task Auth_PeerLeavesAmidIt_IsObserved()
    {
        await using var server = await SubmissionServer.StartAsync();
        var left = new TaskCompletionSource<SmtpReply?>();
        server.Backend.OnObserve = o => _ = o.Reason == "disconnected_in_auth" && left.TrySetResult(o.Reply);
        var client = await server.ConnectSecurelyAsync();
        await client.SayAsync("AUTH LOGIN", "334 ");

        client.CloseSending();

        Assert.Null(await left.Task);
    }

    private static string Reasons(SubmissionServer server) => string.Join(' ', server.Backend.Refusals.Select(o => o.Reason));
}
