using Microsoft.Extensions.Time.Testing;
using Portal.Mail.Backends;
using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class LoginEndTests
{
    private const string Farewell = "421 4.7.0 The login has ended, sign in again";

    [Fact]
    public async Task Ended_WhileIdle_EndsTheSession()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();
        var stranger = await server.ConnectSecurelyAsync();

        await server.Backend.Ending.CancelAsync();

        await client.ExpectAsync(Farewell);
        await client.ExpectEndAsync();
        await server.Backend.Released;
        await stranger.SayAsync("NOOP", "250 ");
        Assert.Equal(1, server.Backend.Releases);
        Assert.Equal("login_ended", Assert.Single(server.Backend.Refusals).Reason);
    }

    [Fact]
    public async Task Ended_AmidData_NothingIsKept()
    {
        await using var server = await SubmissionServer.StartAsync();
        var client = await server.SignInAsync();
        await client.StartDataAsync();
        await client.SendAsync("half a mess");

        await server.Backend.Ending.CancelAsync();

        await client.ExpectAsync(Farewell);
        await client.ExpectEndAsync();
        await server.Backend.Released;
        Assert.Empty(server.Backend.Deliveries);
        Assert.Equal(0, server.Pool.HeldBytes);
        Assert.Equal(1, server.Backend.Releases);
    }

    [Fact]
    public async Task Ended_DuringADelivery_TheMessageIsAnsweredFirst()
    {
        await using var server = await SubmissionServer.StartAsync();
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        server.Backend.OnDeliver = async token =>
        {
            arrived.SetResult();
            await gate.Task;
            token.ThrowIfCancellationRequested();
            return RecordingBackend.Stored;
        };
        var client = await server.SignInAsync();
        await client.StartDataAsync();
        await client.SendAsync("text\r\n.\r\nMAIL FROM:<next@b>\r\n");
        await arrived.Task;

        await server.Backend.Ending.CancelAsync();
        Assert.Equal(0, server.Backend.Releases);
        gate.SetResult();

        await client.ExpectAsync("250 2.0.0 Stored");
        await client.ExpectAsync(Farewell);
        await client.ExpectEndAsync();
        await server.Backend.Released;
        Assert.Single(server.Backend.AskedSenders);
        Assert.Equal(1, server.Backend.Releases);
    }

    [Fact]
    public async Task Ended_AmidPipelinedCommands_TheNextIsNotRun()
    {
        await using var server = await SubmissionServer.StartAsync();
        server.Backend.OnRecipient = _ =>
        {
            server.Backend.Ending.Cancel();
            return new SmtpReply(250, new(2, 1, 5), "OK");
        };
        var client = await server.SignInAsync();

        await client.SayAsync("MAIL FROM:<a@b>", "250 ");
        await client.SendAsync("RCPT TO:<alice@example.org>\r\nDATA\r\n");
        await client.ExpectAsync("250 2.1.5");
        await client.ExpectAsync(Farewell);
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Ended_BeforeTheAnswerToAuth_IsToldRightAfterIt()
    {
        await using var server = await SubmissionServer.StartAsync();
        await server.Backend.Ending.CancelAsync();
        var client = await server.SignInAsync();

        await client.ExpectAsync(Farewell);
        await client.ExpectEndAsync();
        await server.Backend.Released;
        Assert.Equal(1, server.Backend.Releases);
    }

    [Theory]
    [InlineData("quit")]
    [InlineData("hang up")]
    [InlineData("hang up in data")]
    [InlineData("errors")]
    [InlineData("bare LF")]
    [InlineData("host says 421")]
    [InlineData("shutdown")]
    public async Task Lease_HoweverTheSessionEnds_IsDisposedOnce(string end)
    {
        await using var server = await SubmissionServer.StartAsync(o => o.MaxErrorsPerSession = 1);
        var client = await server.SignInAsync();
        Assert.Equal(0, server.Backend.Releases);

        await EndAsync(server, client, end);

        await server.Backend.Released;
        await server.StopAsync();
        Assert.Equal(1, server.Backend.Releases);
    }

    [Fact]
    public async Task Lease_ThatThrows_IsLoggedAndNothingMore()
    {
        await using var server = await SubmissionServer.StartAsync();
        var thrown = new TaskCompletionSource();
        server.Backend.OnLogin = (_, _) => ValueTask.FromResult(new LoginDecision(
            new SmtpReply(235, new(2, 7, 0), "Yes"), new AuthenticatedLogin("a", null, CancellationToken.None, new Broken(thrown))));
        var client = await server.SignInAsync();

        await client.SayAsync("QUIT", "221 ");
        await client.ExpectEndAsync();
        await thrown.Task;
        await server.StopAsync();

        Assert.Contains(server.Log.Lines, line => line.StartsWith("1110 ", StringComparison.Ordinal) && line.Contains("release", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    private static Task EndAsync(SubmissionServer server, WireClient client, string end)
    {
        server.Backend.OnSender = _ => new SmtpReply(421, new(4, 3, 2), "Closing");
        return end switch
        {
            "quit" => client.SendAsync("QUIT\r\n"),
            "hang up" => client.DisposeAsync().AsTask(),
            "hang up in data" => HangUpInDataAsync(server, client),
            "errors" => client.SendAsync("WHAT\r\n"),
            "bare LF" => client.SendAsync("NOOP\n"),
            "host says 421" => client.SendAsync("MAIL FROM:<a@b>\r\n"),
            _ => server.StopAsync(),
        };
    }

    private static async Task HangUpInDataAsync(SubmissionServer server, WireClient client)
    {
        server.Backend.OnSender = null;
        await client.StartDataAsync();
        await client.SendAsync("half a mess");
        await client.DisposeAsync();
    }

    private sealed class Broken(TaskCompletionSource thrown) : IDisposable
    {
        public void Dispose()
        {
            thrown.SetResult();
            throw new InvalidOperationException("canary");
        }
    }

    [Fact]
    public async Task NoLogin_WithinItsTime_EndsTheSessionAndALoginGivesItTheFullLength()
    {
        var time = new FakeTimeProvider();
        await using var server = await SubmissionServer.StartAsync(o => o.LoginTimeout = TimeSpan.FromSeconds(30), time);
        var stranger = await server.ConnectSecurelyAsync();
        var client = await server.SignInAsync();

        time.Advance(TimeSpan.FromSeconds(31));

        await stranger.ExpectAsync("421 4.4.2 Timeout waiting for a login");
        await stranger.ExpectEndAsync();
        await client.SayAsync("NOOP", "250 ");
    }
}
