using Microsoft.EntityFrameworkCore;

namespace Portal.Audit;

/// <summary>The outbox of one of the two databases, for the service that empties both.</summary>
public sealed class AuditSource<TContext>(IDbContextFactory<TContext> contexts)
    where TContext : DbContext
{
    /// <inheritdoc cref="AuditOutbox.WaitingAsync"/>
    public async Task<IReadOnlyList<AuditOutboxRow>> WaitingAsync(int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.WaitingAsync(limit, cancellationToken);
    }

    /// <inheritdoc cref="AuditOutbox.ForgetAsync"/>
    public async Task ForgetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ForgetAsync(ids, cancellationToken);
    }

    /// <inheritdoc cref="AuditOutbox.ListenAsync"/>
    public async Task ListenAsync(Action signal, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ListenAsync(signal, cancellationToken);
    }
}
