using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

/// <summary>What every making of aliases shares: the vaultbox held, the limits, the insert, and why an address is not to be had.</summary>
internal static class AliasStore
{
    /// <summary>Aliases of a vaultbox that are not deleted, the primary one included.</summary>
    public const int MostLive = 5_000;

    /// <summary>Deleted ones included: they keep their addresses from everybody else.</summary>
    public const int MostKept = 10_000;

    public static VaultProblem TooMany { get; } = VaultProblem.Conflict("aliases_too_many", string.Create(
        CultureInfo.InvariantCulture, $"A vaultbox may have {MostLive:N0} addresses, and {MostKept:N0} with those deleted in the last 30 days. Delete some, or wait."));

    /// <summary>How many more the vaultbox may have, once its row is held; null: it is not the actor's.</summary>
    public static async Task<int?> LockForRoomAsync(this VaultContext context, VaultActor actor, Guid vaultboxId, CancellationToken cancellationToken)
    {
        if (!await LockedDevice.LockVaultboxAsync(context, actor, vaultboxId, cancellationToken))
            return null;
        var counts = await context.Aliases.Where(a => a.VaultboxId == vaultboxId).GroupBy(a => a.VaultboxId)
            .Select(g => new { All = g.Count(), Live = g.Count(a => a.DeletedAt == null) }).SingleOrDefaultAsync(cancellationToken);
        return Math.Min(MostLive - (counts?.Live ?? 0), MostKept - (counts?.All ?? 0));
    }

    /// <summary>An address that anybody has, or that is kept for who had it, is left out.</summary>
    /// <param name="aliases">Of one vaultbox and kind, made at one time.</param>
    /// <returns>Ids of those that stand now.</returns>
    public static async Task<IReadOnlySet<Guid>> InsertAsync(
        this VaultContext context, VaultActor actor, IReadOnlyList<Alias> aliases, AliasTerms terms, CancellationToken cancellationToken)
    {
        if (aliases.Count == 0)
            return new HashSet<Guid>();
        var (ids, domains, locals) = (aliases.Select(a => a.Id).ToArray(), aliases.Select(a => a.Domain).ToArray(), aliases.Select(a => a.LocalPart).ToArray());
        var first = aliases[0];
        var stored = await context.Database.SqlQuery<Guid>(
            $"""
             INSERT INTO aliases (id, vaultbox_id, domain, local_part, kind, label, note, expires_at, max_messages, max_idle_days, created_at, updated_at)
             SELECT id, {first.VaultboxId}, domain, local_part, {first.Kind}, {terms.Label}::varchar, {terms.Note}::varchar,
                 {terms.ExpiresAt}::timestamptz, {terms.MaxMessages}::integer, {terms.MaxIdleDays}::integer, {first.CreatedAt}, {first.CreatedAt}
             FROM unnest({ids}, {domains}, {locals}) AS made(id, domain, local_part)
             ORDER BY domain, local_part
             ON CONFLICT (domain, local_part) DO NOTHING
             RETURNING id AS "Value"
             """).ToListAsync(cancellationToken);
        // Asked once the rows stand: a purge that frees an address at this moment is waited for above, and what it keeps is seen here.
        var retired = context.RetiredFrom(actor.UserId);
        var kept = await context.Aliases
            .Where(a => stored.Contains(a.Id) && retired.Any(r => r.Domain == a.Domain && r.LocalPart == a.LocalPart))
            .Select(a => a.Id).ToListAsync(cancellationToken);
        await context.Aliases.Where(a => kept.Contains(a.Id)).ExecuteDeleteAsync(cancellationToken);
        return stored.Except(kept).ToHashSet();
    }

    /// <summary>Why the addresses cannot be had, by local part; those that are free are not in it.</summary>
    public static async Task<IReadOnlyDictionary<string, VaultProblem>> WhyTakenAsync(
        this VaultContext context, VaultActor actor, string domain, IReadOnlyCollection<string> locals, CancellationToken cancellationToken)
    {
        var taken = await context.Aliases.Where(a => a.Domain == domain && locals.Contains(a.LocalPart))
            .Select(a => new
            {
                a.LocalPart,
                DeletedAt = context.Vaultboxes.Any(v => v.Id == a.VaultboxId && v.UserId == actor.UserId) ? a.DeletedAt : null,
            })
            .ToListAsync(cancellationToken);
        var why = taken.ToDictionary(a => a.LocalPart, a => a.DeletedAt is { } at ? Deleted(a.LocalPart, domain, at) : Taken(a.LocalPart, domain), StringComparer.Ordinal);
        var kept = await context.RetiredFrom(actor.UserId).Where(r => r.Domain == domain && locals.Contains(r.LocalPart)).Select(r => r.LocalPart).ToListAsync(cancellationToken);
        foreach (var local in kept)
            why.TryAdd(local, Taken(local, domain));
        return why;
    }

    public static Alias New(Guid vaultboxId, string domain, string local, string kind, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), VaultboxId = vaultboxId, Domain = domain, LocalPart = local, Kind = kind, CreatedAt = now, UpdatedAt = now,
    };

    private static VaultProblem Taken(string local, string domain) => string.Equals(local, Alias.CatchAll, StringComparison.Ordinal)
        ? VaultProblem.Conflict("catch_all_taken", $"{domain} has a catch-all already. A domain has one.")
        : CheckAlias.Taken(local, domain);

    private static VaultProblem Deleted(string local, string domain, DateTimeOffset at) => VaultProblem.Conflict("alias_deleted", string.Create(
        CultureInfo.InvariantCulture, $"You deleted {local}@{domain}. Restore it; or take it anew after {at + PurgeAliases.Kept:d MMMM yyyy}."));
}
