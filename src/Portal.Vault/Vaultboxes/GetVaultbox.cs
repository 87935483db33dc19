using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Vaultboxes;

public sealed record GetVaultboxRequest(VaultActor Actor, Guid VaultboxId);

public sealed class GetVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<VaultboxView>> HandleAsync(GetVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return VaultProblem.Forbidden;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.Id == request.VaultboxId && v.UserId == request.Actor.UserId);
        var view = await VaultboxQuery.ViewsOf(context, own, time.GetUtcNow()).SingleOrDefaultAsync(cancellationToken);
        return view is null ? VaultProblem.NotFound("vaultbox") : view;
    }
}
