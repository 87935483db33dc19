using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Smime;
using Portal.Testing;
using Portal.Web.Tests.MailAuthentication;

namespace Portal.Web.Tests.MailHosting;

/// <summary>
/// Twenty large messages at once over the real socket, under both byte budgets: that of messages on their way in, and that of sealing. With
/// PORTAL_TEST_DEEP the messages are of 50 MiB.
/// </summary>
public sealed class IntakeMemoryTests : IntakeTest, IAsyncLifetime
{
    private const int Messages = 20;

    private static readonly bool IsDeep = string.Equals(Environment.GetEnvironmentVariable("PORTAL_TEST_DEEP"), "1", StringComparison.Ordinal);

    private static readonly int MessageBytes = (IsDeep ? 50 : 1) * 1024 * 1024;

    // Room to seal a few at a time.
    private static readonly long SealingBytes = 3L * MessageBytes;

    public IntakeMemoryTests(PostgresCluster cluster)
        : base(new MailWorld(cluster))
    {
    }

    public ValueTask InitializeAsync()
    {
        World.World.Extra["Portal:Intake:MaxMessageBytes"] = MessageBytes.ToString(CultureInfo.InvariantCulture);
        World.World.Extra["Portal:Intake:MemoryBudgetBytes"] = ((long)Messages * MessageBytes).ToString(CultureInfo.InvariantCulture);
        World.World.Extra["Portal:Vault:SealingMemoryBytes"] = SealingBytes.ToString(CultureInfo.InvariantCulture);
        return World.InitializeAsync();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    [Fact]
    public async Task Data_TwentyLargeAtOnce_AreStoredWithinTheBudgetsAndTheNextIsPutOff()
    {
        var memory = World.Services.GetRequiredService<SealingMemory>();
        var content = Content();
        var sessions = new List<PlainSession>();
        var replies = new List<Task<string>>();
        var before = Environment.WorkingSet;
        // Sealing is held up, so that all of them lie in memory at the same time.
        using (await memory.TakeAsync(SealingBytes, Cancel))
        {
            for (var i = 0; i < Messages; i++)
            {
                sessions.Add(await BeginAsync(""));
                Assert.StartsWith("354", await sessions[i].SayAsync("DATA"), StringComparison.Ordinal);
                replies.Add(sessions[i].SayAsync(content));
            }

            await UntilAsync(() => memory.Waiting == Messages);
            await using var next = await BeginAsync(" SIZE=100000");
            Assert.Equal("452 4.3.1 Busy, try again later", await next.SayAsync("DATA"));
        }

        foreach (var reply in await Task.WhenAll(replies))
            Assert.StartsWith("250 2.0.0 Sealed and stored", reply, StringComparison.Ordinal);
        Assert.Equal(Messages, await World.World.Vault.ScalarAsync<long>($"SELECT count(*) FROM encrypted_emails WHERE size > {MessageBytes}"));
        Assert.InRange(memory.HeldBytes, MessageBytes, SealingBytes);
        // The budgets, and what a portal takes besides; 20 sealed copies at once would be beyond it.
        if (IsDeep)
            Assert.InRange(Environment.WorkingSet - before, 0, ((Messages + 3) * (long)MessageBytes) + (400L * 1024 * 1024));
        foreach (var session in sessions)
            await session.DisposeAsync();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo())
            await timer.WaitForNextTickAsync(Cancel);
    }

    private async Task<PlainSession> BeginAsync(string parameters)
    {
        var session = await PlainSession.ConnectAsync(IntakePort);
        Assert.StartsWith("250", await session.SayAsync($"MAIL FROM:<otto@example.org>{parameters}"), StringComparison.Ordinal);
        Assert.StartsWith("250", await session.SayAsync($"RCPT TO:<{World.Address}>"), StringComparison.Ordinal);
        return session;
    }

    /// <summary>A message of exactly the largest size, with the line that ends it.</summary>
    private static byte[] Content()
    {
        var content = new byte[MessageBytes + ".\r\n".Length];
        content.AsSpan().Fill((byte)'x');
        "From: otto@example.org\r\n\r\n"u8.CopyTo(content);
        for (var end = 1024; end <= MessageBytes; end += 1024)
            "\r\n"u8.CopyTo(content.AsSpan(end - 2));
        ".\r\n"u8.CopyTo(content.AsSpan(MessageBytes));
        return content;
    }
}
