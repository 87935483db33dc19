using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Platform.Audit;

/// <param name="Entries">Entries that were read.</param>
/// <param name="Head">The end of the chain; null while it is empty.</param>
/// <param name="Seq">The first entry that is wrong.</param>
/// <param name="Fault"><see cref="AuditFault"/>; null when all is well.</param>
public sealed record ChainVerdict(long Entries, AuditHead? Head, long? Seq, string? Fault);

/// <summary>
/// Reads the whole chain in order, computes every hash anew, and compares it with heads that were kept elsewhere. It stops at the first
/// fault: after one nothing later can be trusted.
/// </summary>
public sealed class VerifyChain(IDbContextFactory<PlatformContext> contexts)
{
    /// <param name="heads">Whose signatures hold.</param>
    public async Task<ChainVerdict> HandleAsync(IReadOnlyList<AuditHead> heads, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // One snapshot: what is chained or erased meanwhile is not half seen.
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var erased = (await context.AuditLog.Where(entry => entry.Act == Acts.AccountErased && entry.Owner != null)
            .Select(entry => entry.Owner!.Value).ToListAsync(cancellationToken)).ToHashSet();
        var signed = heads.ToLookup(head => head.Seq);
        AuditHead? last = null;
        long read = 0;
        await foreach (var row in Rows(context).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            read++;
            if (FaultOf(row, last, signed, erased) is { } fault)
                return new ChainVerdict(read, last, row.Entry.Seq, fault);
            last = new AuditHead(row.Entry.Seq, row.Entry.Hash);
        }

        var end = last?.Seq ?? 0;
        return heads.Any(head => head.Seq > end)
            ? new ChainVerdict(read, last, end + 1, AuditFault.Truncated)
            : new ChainVerdict(read, last, null, null);
    }

    private static IQueryable<Row> Rows(PlatformContext context) =>
        from entry in context.AuditLog.AsNoTracking()
        from origin in context.AuditValues.Where(value => value.Hash == entry.FromHash).DefaultIfEmpty()
        from personal in context.AuditValues.Where(value => value.Hash == entry.ValuesHash).DefaultIfEmpty()
        orderby entry.Seq
        select new Row(entry, origin, personal);

    private static string? FaultOf(Row row, AuditHead? last, ILookup<long, AuditHead> signed, HashSet<Guid> erased)
    {
        var entry = row.Entry;
        if (!entry.Hash.AsSpan().SequenceEqual(AuditHash.Of(entry)))
            return AuditFault.Altered;
        if (entry.Seq != (last?.Seq ?? 0) + 1)
            return AuditFault.Missing;
        if (!entry.PrevHash.AsSpan().SequenceEqual(last?.Hash ?? AuditHash.Genesis))
            return AuditFault.Misplaced;
        if (signed[entry.Seq].Any(head => !CryptographicOperations.FixedTimeEquals(head.Hash, entry.Hash)))
            return AuditFault.Rewritten;
        return ValueFault(entry.FromHash, row.From, entry.Actor, erased) ?? ValueFault(entry.ValuesHash, row.Personal, entry.Owner ?? entry.Actor, erased);
    }

    private static string? ValueFault(byte[]? hash, AuditValue? value, Guid? whose, HashSet<Guid> erased)
    {
        if (hash is null)
            return null;
        if (value is null)
            return whose is { } pseudonym && erased.Contains(pseudonym) ? null : AuditFault.ValueMissing;
        return hash.AsSpan().SequenceEqual(AuditHash.OfValue(value.Salt, value.Value)) ? null : AuditFault.ValueAltered;
    }

    private sealed record Row(AuditEntry Entry, AuditValue? From, AuditValue? Personal);
}
