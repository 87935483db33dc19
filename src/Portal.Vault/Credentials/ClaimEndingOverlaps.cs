using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

/// <summary>A device whose former password ends soon while somebody still uses it.</summary>
/// <param name="VaultboxId">Null: it opens every vaultbox of the owner.</param>
/// <param name="ValidUntil">When it ends.</param>
/// <param name="Clients">Who used it and not the new one, each once: what the client calls itself and its network.</param>
public sealed record EndingOverlap(Guid UserId, Guid? VaultboxId, Guid DeviceId, string Label, DateTimeOffset ValidUntil, IReadOnlyList<string> Clients);

/// <summary>
/// Names the devices whose overlap ends within <see cref="Ahead"/> with clients still on the former password, for their owners to be told.
/// Each is named once, whoever asks: one that dies before it has told the owner has told nobody.
/// </summary>
public sealed class ClaimEndingOverlaps(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(2);

    /// <param name="limit">Devices at most.</param>
    public async Task<IReadOnlyList<EndingOverlap>> HandleAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var claimed = await ClaimAsync(context, now, limit, cancellationToken);
        var ids = claimed.ConvertAll(d => d.Id);
        var uses = await StillOnPrevious(context, now).Where(u => ids.Contains(u.DeviceId)).OrderByDescending(u => u.LastAt).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var clients = uses.ToLookup(u => u.DeviceId, u => u.ClientName.Length == 0 ? $"{u.Network}" : $"{u.ClientName} ({u.Network})");
        return claimed.ConvertAll(d => new EndingOverlap(
            d.UserId, d.VaultboxId, d.Id, d.Label, d.PreviousValidUntil!.Value, [.. clients[d.Id].Distinct(StringComparer.Ordinal)]));
    }

    private static Task<List<Device>> ClaimAsync(VaultContext context, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var (until, since) = (now + Ahead, now - GetDevice.Recent);
        return context.Devices.FromSql(
            $"""
             UPDATE devices SET overlap_warned_at = {now} WHERE id IN (
                 SELECT d.id FROM devices d
                 WHERE d.revoked_at IS NULL AND d.overlap_warned_at IS NULL AND d.previous_valid_until > {now} AND d.previous_valid_until <= {until}
                     AND EXISTS (
                         SELECT FROM device_uses u
                         WHERE u.device_id = d.id AND u.password_id = d.previous_password_id AND u.last_at > {since} AND NOT EXISTS (
                             SELECT FROM device_uses n
                             WHERE n.device_id = d.id AND n.password_id = d.password_id AND n.protocol = u.protocol
                                 AND n.client_name = u.client_name AND n.network = u.network))
                 ORDER BY d.previous_valid_until LIMIT {limit} FOR UPDATE OF d SKIP LOCKED)
             RETURNING *
             """).ToListAsync(cancellationToken);
    }

    /// <summary>Uses of the former password by clients that have not been seen with the new one.</summary>
    internal static IQueryable<DeviceUse> StillOnPrevious(VaultContext context, DateTimeOffset now)
    {
        var since = now - GetDevice.Recent;
        return context.DeviceUses.Where(u => u.LastAt > since
            && context.Devices.Any(d => d.Id == u.DeviceId && d.PreviousPasswordId == u.PasswordId
                && !context.DeviceUses.Any(n => n.DeviceId == d.Id && n.PasswordId == d.PasswordId && n.Protocol == u.Protocol
                    && n.ClientName == u.ClientName && n.Network == u.Network)));
    }
}
