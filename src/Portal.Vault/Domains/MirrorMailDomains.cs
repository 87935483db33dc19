using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Domains;

/// <summary>
/// Takes over from the platform database which domains are the portal's, so that intake needs no other database to know: it goes on with
/// what it was told last while that one is away.
/// </summary>
public sealed class MirrorMailDomains(IDbContextFactory<VaultContext> contexts)
{
    /// <summary>Of instances that mirror at once, one reads and writes after the other: none writes what it read before another wrote.</summary>
    private const long Lock = 0x6d61696c646f6d;

    /// <param name="readDomains">Reads the complete set, each name once: what is not in it is the portal's no longer.</param>
    /// <returns>How many domains changed.</returns>
    public async Task<int> HandleAsync(Func<CancellationToken, Task<IReadOnlyList<MailDomain>>> readDomains, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", cancellationToken);
        var domains = await readDomains(cancellationToken);
        var (names, shared) = (domains.Select(d => d.Domain).ToArray(), domains.Select(d => d.Shared).ToArray());
        var changed = await context.Database.SqlQuery<int>(
            $"""
             WITH gone AS (DELETE FROM mail_domains WHERE NOT domain = ANY ({names}) RETURNING domain),
                 written AS (
                     INSERT INTO mail_domains (domain, shared) SELECT name, is_shared FROM unnest({names}, {shared}) AS told(name, is_shared) ORDER BY name
                     ON CONFLICT (domain) DO UPDATE SET shared = excluded.shared WHERE mail_domains.shared <> excluded.shared RETURNING domain)
             SELECT count(*)::integer AS "Value" FROM (TABLE gone UNION ALL TABLE written) AS changed
             """).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed[0];
    }
}
