using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <summary>
/// Takes acts out of the outboxes into the chain, one batch a transaction, under a lock that all instances share. An act that is there
/// already is passed over, so a batch may come again after a crash. With the entry that says that an account was erased go its pseudonym's
/// identity and everything personal.
/// </summary>
public sealed class ChainEntries(IDbContextFactory<PlatformContext> contexts)
{
    private const long Key = 0x6175646974;

    /// <returns>The end of the chain; null while it is empty.</returns>
    public async Task<AuditHead?> HandleAsync(IReadOnlyList<AuditOutboxRow> rows, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
        var ids = rows.Select(row => row.Id).ToList();
        var known = (await context.AuditLog.Where(entry => ids.Contains(entry.OutboxId)).Select(entry => entry.OutboxId).ToListAsync(cancellationToken)).ToHashSet();
        var head = await context.AuditLog.OrderByDescending(entry => entry.Seq).Select(entry => new AuditHead(entry.Seq, entry.Hash)).FirstOrDefaultAsync(cancellationToken);
        var people = new Pseudonyms(context);
        await people.LoadAsync(rows, cancellationToken);
        foreach (var row in rows.Where(row => !known.Contains(row.Id)))
        {
            var entry = Entry(context, people, row, head);
            context.Add(entry);
            head = new AuditHead(entry.Seq, entry.Hash);
        }

        await context.SaveChangesAsync(cancellationToken);
        var erased = await ErasedAsync(context, rows, people, cancellationToken);
        if (erased.Count > 0)
        {
            await context.AuditIdentities.Where(identity => erased.Contains(identity.Pseudonym)).ExecuteDeleteAsync(cancellationToken);
            await context.AuditValues.Where(value => erased.Contains(value.Pseudonym!.Value)).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return head;
    }

    /// <summary>Pseudonyms of those of whom it is said and true: an entry alone erases nobody who stands.</summary>
    private static async Task<List<Guid>> ErasedAsync(
        PlatformContext context, IReadOnlyList<AuditOutboxRow> rows, Pseudonyms people, CancellationToken cancellationToken)
    {
        var said = rows.Where(row => row.Act == Acts.AccountErased).Select(row => row.OwnerId).OfType<Guid>().ToHashSet();
        if (said.Count == 0)
            return [];
        said.ExceptWith(await context.Users.Where(user => said.Contains(user.Id) && (user.Status != AccountStatus.Deleted || user.DeletionDueAt != null))
            .Select(user => user.Id).ToListAsync(cancellationToken));
        return [.. said.Select(user => people.Of(user)).OfType<Guid>()];
    }

    private static AuditEntry Entry(PlatformContext context, Pseudonyms people, AuditOutboxRow row, AuditHead? head)
    {
        var (actor, owner) = (people.Of(row.ActorId), people.Of(row.OwnerId));
        var from = row.FromNetwork is null && row.FromAgent is null && row.FromCredential is null
            ? null
            : Write(new AuditFrom(row.FromNetwork, row.FromAgent, row.FromCredential));
        var values = row.PersonalBefore is null && row.PersonalAfter is null ? null : Write(new AuditPersonal(Read(row.PersonalBefore), Read(row.PersonalAfter)));
        var entry = new AuditEntry
        {
            Seq = (head?.Seq ?? 0) + 1,
            OutboxId = row.Id,
            OccurredAt = row.OccurredAt,
            ActorKind = row.ActorKind,
            Actor = actor,
            OnBehalfOf = people.Of(row.OnBehalfOfId),
            Act = row.Act,
            TargetKind = row.TargetKind,
            TargetId = row.TargetId,
            Owner = owner,
            Before = row.Before,
            After = row.After,
            FromHash = Commit(context, people.IsErased(row.ActorId) ? null : from, actor),
            ValuesHash = Commit(context, people.IsErased(row.OwnerId) ? null : values, owner ?? actor),
            PrevHash = head?.Hash ?? AuditHash.Genesis,
        };
        entry.Hash = AuditHash.Of(entry);
        return entry;
    }

    private static byte[]? Commit(PlatformContext context, string? value, Guid? pseudonym)
    {
        if (value is null)
            return null;
        var salt = RandomNumberGenerator.GetBytes(AuditHash.SaltSize);
        var hash = AuditHash.OfValue(salt, value);
        context.Add(new AuditValue { Hash = hash, Pseudonym = pseudonym, Salt = salt, Value = value });
        return hash;
    }

    /// <summary>What is no object of texts is kept as it came, under a name that says so: one such row holds up none behind it.</summary>
    private static Dictionary<string, string>? Read(string? json)
    {
        if (json is null)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json);
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["unreadable"] = json };
        }
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, AuditJson.Options);
}
