using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

/// <summary>
/// Tells owners of the addresses that end by their date within <see cref="Ahead"/>: once for each vaultbox and end, so that five hundred
/// that were made in one go are one notice. An end that is changed is told of anew.
/// </summary>
public sealed class TellOfEndingAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    /// <summary>Of the transaction's advisory lock: one instance tells at a time.</summary>
    private const long Lock = 0x616C_6961_7365_6E64;

    /// <returns>How many notices were written.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + Ahead;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var isOurs = await context.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({Lock}) AS "Value" """).SingleAsync(cancellationToken);
        if (!isOurs)
            return 0;
        var told = await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO owner_notices (id, user_id, vaultbox_id, kind, detail, occurred_at, wants_mail)
             SELECT gen_random_uuid(), v.user_id, v.id, {NoticeKinds.AliasEnding},
                 jsonb_build_object({NoticeDetails.Address}::text, e.address, {NoticeDetails.Count}::text, e.addresses::text, {NoticeDetails.Until}::text, e.until),
                 {now}, false
             FROM (
                 SELECT vaultbox_id, min(local_part || '@' || domain) AS address, count(*) AS addresses,
                     to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS until
                 FROM aliases
                 WHERE expires_at > {now} AND expires_at <= {until} AND deleted_at IS NULL AND status = 'active'
                     AND (max_messages IS NULL OR message_count < max_messages)
                 GROUP BY vaultbox_id, expires_at) e
             JOIN vaultboxes v ON v.id = e.vaultbox_id AND v.deleted_at IS NULL
             WHERE NOT EXISTS (
                 SELECT FROM owner_notices n
                 WHERE n.user_id = v.user_id AND n.vaultbox_id = v.id AND n.kind = {NoticeKinds.AliasEnding} AND n.detail ->> 'until' = e.until)
             """, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return told;
    }
}
