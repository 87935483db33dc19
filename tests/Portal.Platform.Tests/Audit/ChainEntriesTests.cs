using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Testing;

namespace Portal.Platform.Tests.Audit;

public sealed class ChainEntriesTests(PostgresCluster cluster) : AuditTest(cluster)
{
    [Fact]
    public async Task Chain_AnAct_SaysWhoDidWhatToWhatFromWhere()
    {
        var (admin, user) = await ActAsync(1);

        await ChainAsync();

        var entry = Assert.Single(await ListAsync());
        Assert.Equal((1, Acts.RoleChanged, ActorKinds.Person, AuditTarget.AccountKind), (entry.Seq, entry.Act, entry.ActorKind, entry.TargetKind));
        Assert.Equal((admin, user), (entry.Actor!.UserId, entry.Owner!.UserId));
        Assert.Equal(("user", "support"), (entry.Before["role"], entry.After["role"]));
        Assert.Equal(("192.0.2.0/24", "Firefox on Linux"), (entry.From!.Network, entry.From.Agent));
        Assert.StartsWith("session ", entry.From.Credential, StringComparison.Ordinal);
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_outbox"));
    }

    [Fact]
    public async Task Chain_TheSameBatchAgain_TakesEachActOnce()
    {
        await ActAsync(3);
        var rows = await Outbox.WaitingAsync(10, Cancel);

        await Get<ChainEntries>().HandleAsync(rows, Cancel);
        var head = await Get<ChainEntries>().HandleAsync(rows, Cancel);

        Assert.Equal(3, head!.Seq);
        Assert.Equal(3, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_log"));
    }

    [Fact]
    public async Task Chain_ByTwoInstancesAtOnce_IsOneChainWithoutAGap()
    {
        await ActAsync(20);
        var rows = await Outbox.WaitingAsync(100, Cancel);
        await using var other = Build(_ => { });

        await Task.WhenAll(
            Get<ChainEntries>().HandleAsync([.. rows.Take(15)], Cancel),
            ((ChainEntries)other.GetService(typeof(ChainEntries))!).HandleAsync([.. rows.Skip(5)], Cancel));

        var verdict = await Get<VerifyChain>().HandleAsync([], Cancel);
        Assert.Equal((20, 20, null), (verdict.Entries, verdict.Head!.Seq, verdict.Fault));
    }

    [Fact]
    public async Task Act_ThatIsRolledBack_LeavesNothing()
    {
        var user = await AddUserAsync("user@example.org");
        await ForgetWhatWaitsAsync();
        await using (var context = await ContextAsync())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
            context.Audit(Person(user, Role.User), Acts.RoleChanged, AuditTarget.Account(user), Time.GetUtcNow());
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Empty(await Outbox.WaitingAsync(10, Cancel));
    }

    [Fact]
    public async Task Erase_AnAccount_TakesItsNameOutAndLeavesTheChainWhole()
    {
        var (admin, user) = await ActAsync(2);
        await AddAsync(user, Acts.EmailChanged, new AuditDetail().Personal("email", "old@example.org", "new@example.org").Fact("verified", true));
        await ChainAsync();
        Assert.Contains(await ListAsync(), entry => entry.After.Values.Contains("new@example.org"));

        // Said of somebody who stands it erases nobody.
        await AddAsync(user, Acts.AccountErased, null);
        await ChainAsync();
        Assert.Contains(await ListAsync(), entry => entry.After.Values.Contains("new@example.org"));
        await Database.ExecuteAsync($"UPDATE users SET status = 'deleted' WHERE id = '{user}'");
        await AddAsync(user, Acts.AccountErased, null);
        var head = await ChainAsync();

        var entries = await ListAsync();
        Assert.All(entries.Where(entry => entry.Seq > 1), entry => Assert.Null(entry.Owner!.Email));
        Assert.DoesNotContain(entries, entry => entry.After.Values.Contains("new@example.org"));
        Assert.Equal("true", entries.Single(entry => entry.Act == Acts.EmailChanged).After["verified"]);
        Assert.NotNull(entries.Single(entry => entry.Seq == 1).From);
        Assert.Equal(admin, entries.Single(entry => entry.Seq == 1).Actor!.UserId);
        Assert.Equal(0, await Database.ScalarAsync<long>($"SELECT count(*) FROM audit_identities WHERE user_id = '{user}'"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_values WHERE value::text LIKE '%new@example.org%'"));
        Assert.Null((await Get<VerifyChain>().HandleAsync([head!], Cancel)).Fault);
    }

    /// <summary>The other database may be emptied after the account is gone: what comes late names nobody.</summary>
    [Fact]
    public async Task Chain_AnActOfAnAccountThatIsGone_KeepsNothingPersonal()
    {
        await AddAsync(Guid.NewGuid(), Acts.VaultboxPurged, new AuditDetail().Personal("address", "late@example.org"));

        await ChainAsync();

        var entry = Assert.Single(await ListAsync());
        Assert.Null(entry.Owner!.Email);
        Assert.Empty(entry.Before);
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_identities"));
        Assert.Equal(0, await Database.ScalarAsync<long>("SELECT count(*) FROM audit_values"));
        Assert.Null((await Get<VerifyChain>().HandleAsync([], Cancel)).Fault);
    }

    [Fact]
    public async Task Listen_AnActThatCommits_Signals()
    {
        var user = await AddUserAsync("user@example.org");
        var heard = new SemaphoreSlim(0);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var listening = Outbox.ListenAsync(() => heard.Release(), leaving.Token);
        await heard.WaitAsync(Cancel);

        await AddAsync(user, Acts.PasswordChanged, null);

        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    [Theory]
    [InlineData("UPDATE audit_log SET act = act WHERE false")]
    [InlineData("DELETE FROM audit_log WHERE false")]
    [InlineData("TRUNCATE audit_log")]
    [InlineData("UPDATE audit_outbox SET act = act WHERE false")]
    [InlineData("UPDATE audit_identities SET user_id = user_id WHERE false")]
    [InlineData("UPDATE audit_values SET value = value WHERE false")]
    public async Task Change_ByTheServiceRole_IsRefused(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.Service);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private async Task AddAsync(Guid user, string act, AuditDetail? detail)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await using var context = await ContextAsync();
        context.Audit(AuditBy.Portal, act, AuditTarget.Account(user), Time.GetUtcNow(), detail);
        await context.SaveChangesAsync(Cancel);
    }

    private async Task<IReadOnlyList<AuditView>> ListAsync() =>
        (await Get<ListAudit>().HandleAsync(Actor.Operator, new ListAuditRequest(new AuditFilter(), 200), Cancel)).Value!.Items;
}
