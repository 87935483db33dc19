using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Vault;
using Portal.Vault.Aliases;

namespace Portal.Web.Provisioning;

public sealed record CheckAddressRequest(Actor Actor, string? Domain, string? Alias);

/// <summary>Whether the actor could take an address now: its normal form, or the reason why not.</summary>
public sealed class CheckAddress(FindUsableDomain findUsableDomain, CheckAlias checkAlias)
{
    public async Task<VaultResult<string>> HandleAsync(CheckAddressRequest request, CancellationToken cancellationToken)
    {
        // Before the look-up: which domains there are is nothing for a token that may not see vaultboxes.
        if (!request.Actor.Allows(VaultScopes.VaultboxesRead))
            return request.Actor.InVault().Refusal;
        var domain = await findUsableDomain.HandleAsync(request.Actor, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return ProvisionVaultbox.UnusableDomain(request.Domain);
        var local = await checkAlias.HandleAsync(
            new CheckAliasRequest(request.Actor.InVault(), domain.Value.Domain, request.Alias ?? string.Empty), cancellationToken);
        return local.Succeeded ? $"{local.Value}@{domain.Value.Domain}" : local;
    }
}
