using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Portal.Audit;

/// <summary>One database's acts that wait to be chained.</summary>
public static class AuditOutbox
{
    /// <summary>PostgreSQL NOTIFY on it, by a trigger, when a transaction that added acts commits.</summary>
    public const string Channel = "audit_outbox";

    /// <summary>Adds an act to what the context saves next.</summary>
    public static void Audit(this DbContext context, AuditBy by, string act, AuditTarget target, DateTimeOffset now, AuditDetail? detail = null) =>
        context.Add(new AuditOutboxRow
        {
            Id = Guid.CreateVersion7(now), OccurredAt = now, ActorKind = by.Kind, ActorId = by.UserId, OnBehalfOfId = by.OnBehalfOf, Act = act,
            TargetKind = target.Kind, TargetId = target.Id, OwnerId = target.Owner, Before = detail?.Before, After = detail?.After,
            PersonalBefore = detail?.PersonalBefore, PersonalAfter = detail?.PersonalAfter, FromNetwork = by.From?.Network, FromAgent = by.From?.Agent,
            FromCredential = by.From?.Credential,
        });

    /// <returns>The oldest that wait, in order of time.</returns>
    public static Task<List<AuditOutboxRow>> WaitingAsync(this DbContext context, int limit, CancellationToken cancellationToken) =>
        context.Set<AuditOutboxRow>().AsNoTracking().OrderBy(row => row.OccurredAt).ThenBy(row => row.Id).Take(limit).ToListAsync(cancellationToken);

    /// <summary>Once they are in the chain, and that is committed.</summary>
    public static Task<int> ForgetAsync(this DbContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        context.Set<AuditOutboxRow>().Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Signals once it listens, then whenever acts were added, until it is cancelled or the connection fails.</summary>
    public static async Task ListenAsync(this DbContext context, Action signal, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using (var listen = new NpgsqlCommand("LISTEN " + Channel, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        signal();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
            signal();
        }
    }
}
