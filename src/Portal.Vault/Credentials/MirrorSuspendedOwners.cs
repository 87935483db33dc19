using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

/// <summary>
/// Takes over from the platform database which accounts may not sign in, so that the vault's sign-in role needs no other database to know.
/// Each account that changed is announced, and its sessions end.
/// </summary>
public sealed class MirrorSuspendedOwners(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <param name="suspended">The complete set: who is not in it may sign in again.</param>
    /// <returns>How many accounts changed.</returns>
    public async Task<int> HandleAsync(IReadOnlyCollection<Guid> suspended, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. suspended.Distinct()];
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var changed = await context.Database.SqlQuery<int>(
            $"""
             WITH gone AS (DELETE FROM suspended_owners WHERE NOT user_id = ANY ({ids}) RETURNING user_id),
                 added AS (
                     INSERT INTO suspended_owners (user_id, since) SELECT id, {now} FROM unnest({ids}) AS id ORDER BY id
                     ON CONFLICT DO NOTHING RETURNING user_id),
                 told AS (SELECT pg_notify({CredentialAnnouncements.Channel}, 'owner:' || user_id) FROM (TABLE gone UNION ALL TABLE added) AS changed)
             SELECT count(*)::integer AS "Value" FROM told
             """).ToListAsync(cancellationToken);
        return changed[0];
    }
}
