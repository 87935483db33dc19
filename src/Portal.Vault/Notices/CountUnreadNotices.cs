using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Notices;

public sealed record CountUnreadNoticesRequest(VaultActor Actor);

/// <summary>How much of what the actor was told is unread.</summary>
public sealed class CountUnreadNotices(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<int>> HandleAsync(CountUnreadNoticesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OwnerNotices.CountAsync(n => n.UserId == request.Actor.UserId && n.ReadAt == null, cancellationToken);
    }
}
