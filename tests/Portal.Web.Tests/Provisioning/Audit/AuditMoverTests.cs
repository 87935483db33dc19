using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Audit;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Testing;
using Portal.Vault;
using Portal.Web.Provisioning.Audit;
using Portal.Web.Tests.SystemMail;

namespace Portal.Web.Tests.Provisioning.Audit;

public sealed class AuditMoverTests(PostgresCluster cluster) : SystemMailTest(cluster)
{
    [Fact]
    public async Task Run_WithActsInBothDatabases_MakesOneChainAndSignsItsEnd()
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        await ActAsync<VaultContext>(portal, Acts.VaultboxCreated);
        await ActAsync<PlatformContext>(portal, Acts.RoleChanged);

        Assert.Equal(2, await Move(portal, kept).RunAsync(Cancel));

        Assert.Equal([Acts.RoleChanged, Acts.VaultboxCreated], (await ListAsync(portal)).Select(entry => entry.Act));
        Assert.Equal(0, await Vault.ScalarAsync<long>("SELECT count(*) FROM audit_outbox"));
        Assert.Equal(2, (await kept.Heads.ReadAsync(Cancel)).Good[^1].Seq);
        Assert.Equal((2L, null), await CheckAsync(portal, kept));
    }

    /// <summary>Whoever holds the vault's database does not speak for the platform, and one row that cannot be read holds up none behind it.</summary>
    [Fact]
    public async Task Run_WhatIsNoneOfTheVaultsActs_IsChainedAsThatAndErasesNobody()
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        await ActAsync<PlatformContext>(portal, Acts.RoleChanged);
        await Move(portal, kept).RunAsync(Cancel);
        var identities = await Platform.ScalarAsync<long>("SELECT count(*) FROM audit_identities");
        var owner = await Platform.ScalarAsync<Guid>("SELECT user_id FROM audit_identities LIMIT 1");

        await Vault.ExecuteAsync(
            $"""
             INSERT INTO audit_outbox (id, occurred_at, actor_kind, act, target_kind, owner_id, personal_before)
             VALUES (gen_random_uuid(), now(), 'portal', 'account.erased', 'account', '{owner}', NULL), (gen_random_uuid(), now(), 'portal', 'key.added', 'key', NULL, '[]')
             """);
        Assert.Equal(2, await Move(portal, kept).RunAsync(Cancel));

        Assert.Equal(new HashSet<string> { Acts.KeyAdded, Acts.RoleChanged, Acts.Unexpected }, (await ListAsync(portal)).Select(entry => entry.Act).ToHashSet());
        Assert.Equal(identities, await Platform.ScalarAsync<long>("SELECT count(*) FROM audit_identities"));
        Assert.Equal((3L, null), await CheckAsync(portal, kept));
    }

    /// <summary>The machine dies when the chain is committed and the outbox is not emptied.</summary>
    [Fact]
    public async Task Run_AfterACrashBetweenTheTwoDatabases_TakesNothingTwice()
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        await ActAsync<VaultContext>(portal, Acts.VaultboxCreated);
        var rows = await portal.GetRequiredService<AuditSource<VaultContext>>().WaitingAsync(10, Cancel);
        await portal.GetRequiredService<ChainEntries>().HandleAsync(rows, Cancel);

        await Move(portal, kept).RunAsync(Cancel);

        Assert.Single(await ListAsync(portal));
        Assert.Equal(0, await Vault.ScalarAsync<long>("SELECT count(*) FROM audit_outbox"));
        Assert.Equal(1, Assert.Single((await kept.Heads.ReadAsync(Cancel)).Good).Seq);
    }

    [Fact]
    public async Task Check_ATailThatWasCutOff_IsFoundAndKeptForThePage()
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        await ActAsync<PlatformContext>(portal, Acts.RoleChanged);
        await ActAsync<PlatformContext>(portal, Acts.AccountSuspended);
        await Move(portal, kept).RunAsync(Cancel);

        await Platform.ExecuteAsync("ALTER TABLE audit_log DISABLE TRIGGER USER; DELETE FROM audit_log WHERE seq = 2");

        Assert.Equal((2L, AuditFault.Truncated), await CheckAsync(portal, kept));
        var state = await portal.GetRequiredService<GetAuditCheck>().HandleAsync(Actor.Operator, Cancel);
        Assert.Equal((2L, AuditFault.Truncated), (state.Value!.Check!.BadSeq, state.Value.Check.Fault));
    }

    [Fact]
    public async Task Check_AForgedHead_IsFound()
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        await ActAsync<PlatformContext>(portal, Acts.RoleChanged);
        await Move(portal, kept).RunAsync(Cancel);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await new SignedHeads(kept.Path, other, Time).AppendAsync(new AuditHead(9, new byte[AuditHash.Size]), Cancel);

        Assert.Equal((9L, AuditFault.HeadForged), await CheckAsync(portal, kept));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_AnActOfEitherDatabase_IsChainedWithinSeconds(bool isVault)
    {
        var portal = Instance();
        using var kept = new KeptHeads(Time);
        var logger = new Heard();
        using var mover = new AuditMover(
            Move(portal, kept), portal.GetRequiredService<AuditSource<PlatformContext>>(), portal.GetRequiredService<AuditSource<VaultContext>>(), Time,
            logger);
        await mover.StartAsync(Cancel);

        if (isVault)
            await ActAsync<VaultContext>(portal, Acts.VaultboxCreated);
        else
            await ActAsync<PlatformContext>(portal, Acts.RoleChanged);

        Assert.Equal("1 acts were taken into the audit chain.", await logger.First.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Equal(1, await Platform.ScalarAsync<long>("SELECT count(*) FROM audit_log"));
        await mover.StopAsync(Cancel);
    }

    private MoveAudit Move(IServiceProvider portal, KeptHeads kept) => new(
        portal.GetRequiredService<AuditSource<PlatformContext>>(), portal.GetRequiredService<AuditSource<VaultContext>>(),
        portal.GetRequiredService<ChainEntries>(), kept.Heads);

    private async Task<(long?, string?)> CheckAsync(IServiceProvider portal, KeptHeads kept)
    {
        var check = new CheckAudit(portal.GetRequiredService<VerifyChain>(), portal.GetRequiredService<KeepAuditCheck>(), kept.Heads);
        var found = (await check.HandleAsync(Actor.Operator, Cancel)).Value!;
        return (found.BadSeq ?? found.Entries, found.Fault);
    }

    private async Task ActAsync<TContext>(IServiceProvider portal, string act)
        where TContext : DbContext
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await using var context = await portal.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContextAsync(Cancel);
        context.Audit(AuditBy.Portal, act, AuditTarget.Account(Guid.NewGuid()), Time.GetUtcNow());
        await context.SaveChangesAsync(Cancel);
    }

    private static async Task<IReadOnlyList<AuditView>> ListAsync(IServiceProvider portal) =>
        (await portal.GetRequiredService<ListAudit>().HandleAsync(Actor.Operator, new ListAuditRequest(new AuditFilter()), Cancel)).Value!.Items;

    private sealed class KeptHeads(TimeProvider time) : IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("audit-");

        public string Path => System.IO.Path.Combine(directory.FullName, AuditHosting.HeadsFile);

        public SignedHeads Heads => new(Path, key, time);

        public void Dispose()
        {
            key.Dispose();
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Keeps the first line.</summary>
    private sealed class Heard : ILogger<AuditMover>
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            First.TrySetResult(formatter(state, exception));
    }
}
