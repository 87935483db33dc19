using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

public sealed record FindAliasDomainRequest(VaultActor Actor, Guid VaultboxId);

/// <summary>The vaultbox's own domain, where a new alias stands when no other is named. Asked before the platform is, so that a stranger learns of no domain.</summary>
public sealed class FindAliasDomain(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<string>> HandleAsync(FindAliasDomainRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await context.OwnVaultbox(request.Actor, request.VaultboxId).Select(v => v.Domain).SingleOrDefaultAsync(cancellationToken);
        return domain is null ? VaultProblem.NotFound("vaultbox") : domain;
    }
}
