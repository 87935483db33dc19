using System.Globalization;

namespace Portal.Passwords.Tests;

public sealed class BcryptLanesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_OnItsThreads_StandsBackBehindOthers()
    {
        using var lanes = new BcryptLanes(threads: 1, queueLength: 1, "test");

        var niceness = await lanes.RunAsync<int?>(Niceness, null, isSuspect: false, Cancel);

        Assert.True(niceness > Niceness(), $"niceness is {niceness}");
    }

    [Fact]
    public async Task RunAsync_WithAFault_GivesItToTheCallerAndGoesOn()
    {
        using var lanes = new BcryptLanes(threads: 1, queueLength: 4, "test");

        await Assert.ThrowsAsync<FormatException>(() => lanes.RunAsync<int?>(() => throw new FormatException(), null, isSuspect: false, Cancel));
        Assert.Equal(1, await lanes.RunAsync<int?>(() => 1, null, isSuspect: true, Cancel));
    }

    /// <summary>Field 19 of the thread's stat (proc_pid_stat(5)); the name before it may hold spaces, but ends with a bracket.</summary>
    private static int? Niceness()
    {
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
