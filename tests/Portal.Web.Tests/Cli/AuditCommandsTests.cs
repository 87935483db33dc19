using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Platform;
using Portal.Platform.Audit;
using Portal.Testing;
using Portal.Web.Cli;
using Portal.Web.InstallationKeys;
using Portal.Web.Provisioning.Audit;

namespace Portal.Web.Tests.Cli;

public sealed class AuditCommandsTests(PostgresCluster cluster) : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("audit-cli-");
    private TestDatabase? database;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await cluster.CreatePlatformAsync();

    public async ValueTask DisposeAsync()
    {
        await database!.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task CheckAudit_AWholeChain_SaysSoAndExitsWithZero()
    {
        await ChainAsync(3);

        Assert.Equal((0, "The audit log is whole: 3 entries, 1 signed heads."), await RunAsync());
    }

    [Theory]
    [InlineData("UPDATE audit_log SET act = 'account.restored' WHERE seq = 2", "entry 2: it was altered")]
    [InlineData("DELETE FROM audit_log WHERE seq = 2", "entry 3: entries before it were deleted")]
    [InlineData("DELETE FROM audit_log WHERE seq = 3", "entry 3: it was signed once and is gone")]
    public async Task CheckAudit_ABrokenChain_NamesTheEntryAndExitsWithOne(string harm, string said)
    {
        await ChainAsync(3);
        await database!.ExecuteAsync($"ALTER TABLE audit_log DISABLE TRIGGER USER; {harm}");

        var (exitCode, output) = await RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private async Task ChainAsync(int acts)
    {
        await using var services = Services();
        var now = TimeProvider.System.GetUtcNow();
        var rows = Enumerable.Range(0, acts).Select(i => new AuditOutboxRow
        {
            Id = Guid.NewGuid(), OccurredAt = now, ActorKind = ActorKinds.Operator, Act = Acts.RoleChanged, TargetKind = AuditTarget.AccountKind, TargetId = $"{i}",
        });
        var head = await services.GetRequiredService<ChainEntries>().HandleAsync([.. rows], Cancel);
        using var keys = InstallationKeySet.LoadOrCreate(Path.Combine(data.FullName, "keys"));
        await new SignedHeads(Path.Combine(data.FullName, AuditHosting.HeadsFile), keys.Receipt, TimeProvider.System).AppendAsync(head!, Cancel);
    }

    private async Task<(int ExitCode, string Output)> RunAsync()
    {
        await using var output = new StringWriter();
        var root = new RootCommand { PortalCommands.Data, AuditCommands.CreateCheck((_, _) => ValueTask.FromResult(Services())) };
        var exitCode = await root.Parse(["audit", "--data", data.FullName]).InvokeAsync(new InvocationConfiguration { Output = output }, Cancel);
        return (exitCode, output.ToString().Trim());
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddPlatform(database!.Service);
        return services.BuildServiceProvider();
    }
}
