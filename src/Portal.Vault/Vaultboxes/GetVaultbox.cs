using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Vaultboxes;

public sealed record GetVaultboxRequest(VaultActor Actor, Guid VaultboxId);

public sealed class GetVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<VaultboxView>> HandleAsync(GetVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.OwnVaultbox(request.Actor, request.VaultboxId).SingleOrDefaultAsync(cancellationToken);
        return own is null ? VaultProblem.NotFound("vaultbox") : await context.ViewAsync(own, time.GetUtcNow(), cancellationToken);
    }
}
