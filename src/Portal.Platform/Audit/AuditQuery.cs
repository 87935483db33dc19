using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <summary>What narrows the list; null: anything.</summary>
/// <param name="Act">One act, or as <c>vaultbox.</c> all acts on a kind of thing.</param>
/// <param name="Person">E-mail address or pseudonym: what they did, and what was done to them or to what is theirs.</param>
/// <param name="Target">Id of a thing.</param>
public sealed record AuditFilter(string? Act = null, string? Person = null, string? Target = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <param name="Email">Of the account now; null once it is erased.</param>
public sealed record AuditPerson(Guid Pseudonym, Guid? UserId, string? Email);

/// <summary>One entry as people read it.</summary>
/// <param name="From">Null where there was none, or it is erased.</param>
/// <param name="Before">Facts and, while they are not erased, personal values.</param>
/// <param name="IsErased">Whether something personal of this entry was erased.</param>
public sealed record AuditView(
    long Seq, DateTimeOffset OccurredAt, string ActorKind, AuditPerson? Actor, AuditPerson? OnBehalfOf, string Act, string TargetKind, string? TargetId,
    AuditPerson? Owner, AuditFrom? From, IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After, bool IsErased, string Hash,
    string PrevHash);

internal static class AuditQuery
{
    private sealed record Row(AuditEntry Entry, AuditValue? From, AuditValue? Personal);

    /// <returns>Null when the person is nobody.</returns>
    public static async Task<IQueryable<AuditEntry>?> FilteredAsync(this PlatformContext context, AuditFilter filter, CancellationToken cancellationToken)
    {
        var entries = context.AuditLog.AsNoTracking();
        if (filter.Act is { Length: > 0 } act)
            entries = act.EndsWith('.') ? entries.Where(e => e.Act.StartsWith(act)) : entries.Where(e => e.Act == act);
        if (filter.Target is { Length: > 0 } target)
            entries = entries.Where(e => e.TargetId == target);
        if (filter.From is { } from)
            entries = entries.Where(e => e.OccurredAt >= from.ToUniversalTime());
        if (filter.To is { } to)
            entries = entries.Where(e => e.OccurredAt < to.ToUniversalTime());
        if (filter.Person is not { Length: > 0 } person)
            return entries;
        return await FindAsync(context, person, cancellationToken) is { } pseudonym
            ? entries.Where(e => e.Actor == pseudonym || e.Owner == pseudonym || e.OnBehalfOf == pseudonym)
            : null;
    }

    public static async Task<List<AuditView>> ViewsAsync(this PlatformContext context, IQueryable<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var rows = await (
            from entry in entries
            from origin in context.AuditValues.Where(value => value.Hash == entry.FromHash).DefaultIfEmpty()
            from personal in context.AuditValues.Where(value => value.Hash == entry.ValuesHash).DefaultIfEmpty()
            orderby entry.Seq descending
            select new Row(entry, origin, personal)).AsNoTracking().ToListAsync(cancellationToken);
        var pseudonyms = rows.SelectMany(row => new[] { row.Entry.Actor, row.Entry.Owner, row.Entry.OnBehalfOf }).OfType<Guid>().ToHashSet();
        var people = await (
            from identity in context.AuditIdentities
            where pseudonyms.Contains(identity.Pseudonym)
            join user in context.Users on identity.UserId equals user.Id
            select new AuditPerson(identity.Pseudonym, user.Id, user.Email)).ToDictionaryAsync(person => person.Pseudonym, cancellationToken);
        return rows.ConvertAll(row => View(row, people));
    }

    private static AuditView View(Row row, Dictionary<Guid, AuditPerson> people)
    {
        var entry = row.Entry;
        var personal = row.Personal is null ? null : JsonSerializer.Deserialize<AuditPersonal>(row.Personal.Value, AuditJson.Options);
        return new AuditView(
            entry.Seq, entry.OccurredAt, entry.ActorKind, Person(entry.Actor, people), Person(entry.OnBehalfOf, people), entry.Act, entry.TargetKind,
            entry.TargetId, Person(entry.Owner, people),
            row.From is null ? null : JsonSerializer.Deserialize<AuditFrom>(row.From.Value, AuditJson.Options),
            Joined(entry.Before, personal?.Before), Joined(entry.After, personal?.After),
            (entry.FromHash is not null && row.From is null) || (entry.ValuesHash is not null && row.Personal is null),
            Convert.ToHexStringLower(entry.Hash), Convert.ToHexStringLower(entry.PrevHash));
    }

    private static AuditPerson? Person(Guid? pseudonym, Dictionary<Guid, AuditPerson> people) =>
        pseudonym is { } id ? people.GetValueOrDefault(id) ?? new AuditPerson(id, null, null) : null;

    private static SortedDictionary<string, string> Joined(string? facts, Dictionary<string, string>? personal)
    {
        var joined = new SortedDictionary<string, string>(personal ?? [], StringComparer.Ordinal);
        foreach (var (name, value) in facts is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(facts)!)
            joined[name] = value;
        return joined;
    }

    private static async Task<Guid?> FindAsync(PlatformContext context, string person, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(person, out var pseudonym))
            return pseudonym;
        if (!EmailAddress.TryNormalise(person, out var email))
            return null;
        return await context.AuditIdentities
            .Where(identity => context.Users.Any(user => user.Id == identity.UserId && user.Email == email))
            .Select(identity => (Guid?)identity.Pseudonym).SingleOrDefaultAsync(cancellationToken);
    }
}
