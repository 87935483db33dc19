using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Platform.Audit;
using Portal.Testing;

namespace Portal.Platform.Tests.Audit;

public sealed class VerifyChainTests(PostgresCluster cluster) : AuditTest(cluster)
{
    [Fact]
    public async Task Verify_AnUntouchedChain_FindsNothingAndNamesItsEnd()
    {
        await ActAsync(5);
        var head = await ChainAsync();

        var verdict = await VerifyAsync(head!);

        Assert.Equal((5, 5, null, null), (verdict.Entries, verdict.Head!.Seq, verdict.Seq, verdict.Fault));
        Assert.Equal(head!.Hash, verdict.Head.Hash);
    }

    [Fact]
    public async Task Verify_NoEntryAtAll_FindsNothing()
    {
        var verdict = await VerifyAsync();

        Assert.Equal((0, null, null), (verdict.Entries, verdict.Head, verdict.Fault));
    }

    [Theory]
    [InlineData("act = 'account.restored'")]
    [InlineData("before = '{\"role\":\"admin\"}'")]
    [InlineData("before = '{ \"role\": \"user\"}'")]
    [InlineData("after = NULL")]
    [InlineData("actor = NULL")]
    [InlineData("owner = gen_random_uuid()")]
    [InlineData("actor_kind = 'token'")]
    [InlineData("occurred_at = occurred_at + interval '1 microsecond'")]
    [InlineData("target_id = 'another'")]
    [InlineData("target_kind = 'vaultbox'")]
    [InlineData("outbox_id = gen_random_uuid()")]
    [InlineData("on_behalf_of = actor")]
    [InlineData("from_hash = NULL")]
    [InlineData("values_hash = hash")]
    [InlineData("prev_hash = hash")]
    [InlineData("hash = prev_hash")]
    public async Task Verify_AnEntryThatTheOwnerAltered_IsNamed(string change)
    {
        await ActAsync(5);
        await ChainAsync();

        await BreakAsync($"UPDATE audit_log SET {change} WHERE seq = 3");

        Assert.Equal((3, AuditFault.Altered), Of(await VerifyAsync()));
    }

    [Fact]
    public async Task Verify_AnEntryThatTheOwnerDeleted_NamesTheOneAfter()
    {
        await ActAsync(5);
        await ChainAsync();

        await BreakAsync("DELETE FROM audit_log WHERE seq = 3");

        Assert.Equal((4, AuditFault.Missing), Of(await VerifyAsync()));
    }

    /// <summary>Whoever deletes the first leaves a chain that begins later.</summary>
    [Fact]
    public async Task Verify_TheFirstEntriesDeleted_NamesTheOneAfter()
    {
        await ActAsync(5);
        await ChainAsync();

        await BreakAsync("DELETE FROM audit_log WHERE seq <= 2");

        Assert.Equal((3, AuditFault.Missing), Of(await VerifyAsync()));
    }

    [Fact]
    public async Task Verify_TwoEntriesThatTheOwnerSwapped_NamesTheFirst()
    {
        await ActAsync(5);
        await ChainAsync();

        await BreakAsync("UPDATE audit_log SET seq = 99 WHERE seq = 3; UPDATE audit_log SET seq = 3 WHERE seq = 4; UPDATE audit_log SET seq = 4 WHERE seq = 99");

        Assert.Equal((3, AuditFault.Altered), Of(await VerifyAsync()));
    }

    /// <summary>Numbers and own hashes can be made to fit; what comes before an entry is in its hash too.</summary>
    [Fact]
    public async Task Verify_TwoEntriesSwappedWithNewHashes_AreFoundByTheOrder()
    {
        await ActAsync(5);
        await ChainAsync();
        var (third, fourth) = (await EntryAsync(3), await EntryAsync(4));

        await BreakAsync($"DELETE FROM audit_log WHERE seq IN (3, 4)");
        await WriteAsync(Moved(fourth, 3), Moved(third, 4));

        Assert.Equal((3, AuditFault.Misplaced), Of(await VerifyAsync()));
    }

    [Fact]
    public async Task Verify_ATailThatTheOwnerCutOff_IsFoundByTheSignedHead()
    {
        await ActAsync(5);
        var head = await ChainAsync();

        await BreakAsync("DELETE FROM audit_log WHERE seq >= 4");

        Assert.Equal((4, AuditFault.Truncated), Of(await VerifyAsync(head!)));
        Assert.Null((await VerifyAsync()).Fault);
    }

    [Fact]
    public async Task Verify_ATableThatTheOwnerEmptied_IsFoundByTheSignedHead()
    {
        await ActAsync(2);
        var head = await ChainAsync();

        await BreakAsync("TRUNCATE audit_log");

        Assert.Equal((1, AuditFault.Truncated), Of(await VerifyAsync(head!)));
    }

    /// <summary>The owner of the tables can compute every hash anew; what was signed before says otherwise.</summary>
    [Fact]
    public async Task Verify_AChainWrittenAnewFromAnEntryOn_IsFoundByTheSignedHead()
    {
        await ActAsync(3);
        var head = await ChainAsync();
        var (second, third) = (await EntryAsync(2), await EntryAsync(3));

        await BreakAsync("DELETE FROM audit_log WHERE seq >= 2");
        var changed = Moved(second, 2, act: "account.restored");
        await WriteAsync(changed, Moved(third, 3, changed.Hash));

        Assert.Null((await VerifyAsync()).Fault);
        Assert.Equal((3, AuditFault.Rewritten), Of(await VerifyAsync(head!)));
    }

    [Fact]
    public async Task Verify_AValueThatWasAltered_NamesItsEntry()
    {
        await ActAsync(3);
        await ChainAsync();

        await AsOwnerAsync("UPDATE audit_values SET value = '{\"network\":\"198.51.100.0/24\"}' WHERE hash = (SELECT from_hash FROM audit_log WHERE seq = 2)");

        Assert.Equal((2, AuditFault.ValueAltered), Of(await VerifyAsync()));
    }

    [Fact]
    public async Task Verify_AValueThatIsGoneThoughNobodyWasErased_NamesItsEntry()
    {
        await ActAsync(3);
        await ChainAsync();

        await AsOwnerAsync("DELETE FROM audit_values WHERE hash = (SELECT from_hash FROM audit_log WHERE seq = 2)");

        Assert.Equal((2, AuditFault.ValueMissing), Of(await VerifyAsync()));
    }

    [Theory]
    [InlineData("UPDATE audit_log SET act = 'account.restored'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("TRUNCATE audit_log")]
    public async Task Change_ByTheOwnerWithTheTriggersOn_IsRefused(string sql)
    {
        await ActAsync(1);
        await ChainAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => AsOwnerAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task<ChainVerdict> VerifyAsync(params AuditHead[] heads) => Get<VerifyChain>().HandleAsync(heads, Cancel);

    private static (long?, string?) Of(ChainVerdict verdict) => (verdict.Seq, verdict.Fault);

    private async Task<AuditEntry> EntryAsync(long seq)
    {
        await using var context = await ContextAsync();
        return await context.AuditLog.AsNoTracking().SingleAsync(entry => entry.Seq == seq, Cancel);
    }

    private async Task WriteAsync(params AuditEntry[] entries)
    {
        await using var context = await ContextAsync();
        context.AddRange(entries.Cast<object>());
        await context.SaveChangesAsync(Cancel);
    }

    /// <summary>The same act elsewhere in the chain, with a hash of its own that fits.</summary>
    private static AuditEntry Moved(AuditEntry entry, long seq, byte[]? prevHash = null, string? act = null)
    {
        var moved = new AuditEntry
        {
            Seq = seq, OutboxId = entry.OutboxId, OccurredAt = entry.OccurredAt, ActorKind = entry.ActorKind, Actor = entry.Actor, Act = act ?? entry.Act,
            TargetKind = entry.TargetKind, TargetId = entry.TargetId, Owner = entry.Owner, Before = entry.Before, After = entry.After,
            FromHash = entry.FromHash, ValuesHash = entry.ValuesHash, PrevHash = prevHash ?? entry.PrevHash,
        };
        moved.Hash = AuditHash.Of(moved);
        return moved;
    }
}
