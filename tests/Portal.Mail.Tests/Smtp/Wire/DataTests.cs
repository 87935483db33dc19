using Portal.Mail.Tests.Support;

namespace Portal.Mail.Tests.Smtp.Wire;

public sealed class DataTests
{
    [Theory]
    [InlineData("\n.\r\n", "554 5.6.0 Message contains a bare LF")]
    [InlineData("\r.\r\n", "554 5.6.0 Message contains a bare CR")]
    [InlineData("\r\n.\n", "554 5.6.0 Message contains a bare LF")]
    [InlineData("\r\n.\r", "554 5.6.0 Message contains a bare CR")]
    [InlineData("\n.\n", "554 5.6.0 Message contains a bare LF")]
    [InlineData("\r.\r", "554 5.6.0 Message contains a bare CR")]
    [InlineData("\n\n.\r\n", "554 5.6.0 Message contains a bare LF")]
    [InlineData("\r\n\0.\r\n", "554 5.6.0 Message contains a NUL")]
    public async Task Data_SmuggledEnd_IsRefusedAndNothingInItRuns(string falseEnd, string reply)
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SendAsync(
            $"Subject: x\r\n\r\ntext{falseEnd}MAIL FROM:<evil@example.net>\r\nRCPT TO:<victim@example.org>\r\nDATA\r\nFrom: boss\r\n\r\nlies\r\n.\r\n");
        await client.ExpectAsync(reply);
        await client.SayAsync("NOOP", "250 2.0.0");

        Assert.Empty(server.Backend.Deliveries);
        Assert.Equal("alice", Assert.Single(server.Backend.AskedRecipients).LocalPart);
        var refusal = Assert.Single(server.Backend.Refusals);
        Assert.Equal("DATA", refusal.Command);
        Assert.Equal("alice", Assert.Single(refusal.Transaction!.Recipients).Tag);
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    [Fact]
    public async Task Data_StuffedDots_AreNoEnd()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SayAsync("..\r\n...\r\n..x\r\n.", "250 ");

        Assert.Equal(".\r\n..\r\n.x\r\n", server.Backend.Deliveries.Single().Content);
    }

    [Fact]
    public async Task Data_DeclaredTooLarge_IsRefusedAtMail()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxMessageBytes = 100_000);
        var client = await server.ConnectAsync();

        await client.SayAsync("EHLO a", "250-");
        await client.SayAsync("MAIL FROM:<a@b> SIZE=100001", "552 5.3.4");
        await client.SayAsync("MAIL FROM:<a@b> SIZE=99999999999999999999", "552 5.3.4");
        await client.SayAsync("MAIL FROM:<a@b> SIZE=100000", "250 2.1.0");
    }

    [Fact]
    public async Task Data_TurnsOutTooLarge_IsReadToItsEndAndRefused()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxMessageBytes = 100_000);
        var client = await server.ConnectAsync();
        await client.StartDataAsync(" SIZE=10");

        await client.SayAsync("\r\n" + Lines(101_000) + ".", "552 5.3.4");
        await client.SayAsync("NOOP", "250 ");
        Assert.Empty(server.Backend.Deliveries);
    }

    [Fact]
    public async Task Data_RefusedAndEndless_EndsTheSession()
    {
        await using var server = await IntakeServer.StartAsync(o => o.MaxMessageBytes = 100_000);
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SendAsync("\0" + Lines(210_000));
        await client.ExpectAsync("554 5.6.0");
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task Data_ManyReceivedFields_IsALoop()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();

        await client.StartDataAsync();
        await client.SayAsync(string.Concat(Enumerable.Repeat("Received: by x\r\n", 50)) + "\r\n.", "250 ");
        await client.SayAsync("RSET", "250 ");
        await client.StartDataAsync();
        await client.SayAsync(string.Concat(Enumerable.Repeat("Received: by x\r\n", 51)) + "\r\n.", "554 5.4.6");
    }

    [Fact]
    public async Task Data_OverTheBudget_IsRefusedForNow()
    {
        await using var server = await IntakeServer.StartAsync(o =>
        {
            o.MaxMessageBytes = 100_000;
            o.MemoryBudgetBytes = 140_000;
        });
        var gate = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        server.Backend.OnDeliver = async _ =>
        {
            arrived.TrySetResult();
            await gate.Task;
            return RecordingBackend.Stored;
        };
        var holder = await server.ConnectAsync();
        await holder.StartDataAsync();
        await holder.SendAsync("\r\n" + Lines(90_000) + ".\r\n");
        await arrived.Task;

        var told = await server.ConnectAsync();
        await told.SayAsync("EHLO a", "250-");
        await told.SayAsync("MAIL FROM:<a@b> SIZE=90000", "250 ");
        await told.SayAsync("RCPT TO:<alice@example.org>", "250 ");
        await told.SayAsync("DATA", "452 4.3.1");
        var untold = await server.ConnectAsync();
        await untold.StartDataAsync();
        await untold.SayAsync("\r\n" + Lines(90_000) + ".", "452 4.3.1");
        gate.SetResult();
        await holder.ExpectAsync("250 ");
        await untold.StartDataAsync();
        await untold.SayAsync("\r\n" + Lines(90_000) + ".", "250 ");

        Assert.Equal(2, server.Backend.Deliveries.Count);
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    [Fact]
    public async Task Data_AfterTheReply_MemoryIsZero()
    {
        await using var server = await IntakeServer.StartAsync();
        var client = await server.ConnectAsync();
        await client.StartDataAsync();

        await client.SayAsync("Subject: canary\r\n\r\n" + Lines(100_000) + ".", "250 ");

        Assert.Equal(4, server.Backend.LastArrays.Count);
        Assert.All(server.Backend.LastArrays, array => Assert.False(array.AsSpan().ContainsAnyExcept((byte)0)));
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    [Fact]
    public async Task Data_PeerHangsUp_NothingIsDeliveredAndMemoryComesBack()
    {
        await using var server = await IntakeServer.StartAsync();
        var seen = new TaskCompletionSource<Mail.Backends.SmtpObservation>();
        server.Backend.OnObserve = o =>
        {
            if (string.Equals(o.Reason, "disconnected_in_data", StringComparison.Ordinal))
                seen.TrySetResult(o);
        };
        var client = await server.ConnectAsync();
        await client.StartDataAsync();
        await client.SendAsync("half a mess");
        await client.DisposeAsync();

        var observation = await seen.Task;

        Assert.Null(observation.Reply);
        Assert.Empty(server.Backend.Deliveries);
        Assert.Equal(0, server.Pool.HeldBytes);
    }

    internal static string Lines(int octets) => string.Concat(Enumerable.Repeat(new string('x', 98) + "\r\n", octets / 100));
}
