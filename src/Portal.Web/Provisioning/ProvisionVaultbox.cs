using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Vault;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Provisioning;

/// <param name="Domain">As typed; must be a verified domain that the actor owns or that is shared.</param>
public sealed record ProvisionVaultboxRequest(Actor Actor, string? Domain, string? Name, string? Alias);

/// <summary>
/// Makes a vaultbox across the two databases: the domain and the account are checked in the platform database, then the vaultbox is
/// made in the vault's. Nothing is written on the platform side, so a failure in between leaves nothing behind.
/// </summary>
public sealed class ProvisionVaultbox(FindUsableDomain findUsableDomain, CreateVaultbox createVaultbox)
{
    public async Task<VaultResult<VaultboxView>> HandleAsync(ProvisionVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Allows(VaultScopes.VaultboxesWrite))
            return request.Actor.InVault().Refusal;
        var domain = await findUsableDomain.HandleAsync(request.Actor, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return UnusableDomain(request.Domain);
        return await createVaultbox.HandleAsync(
            new CreateVaultboxRequest(request.Actor.InVault(), domain.Value.Domain, request.Name ?? string.Empty, request.Alias ?? string.Empty),
            cancellationToken);
    }

    internal static VaultProblem UnusableDomain(string? domain) => VaultProblem.Invalid("domain_unknown", string.IsNullOrWhiteSpace(domain)
        ? "Choose a domain for the address."
        : $"“{domain.Trim()}” is no verified domain of yours. Choose one from the list, or verify it first.");
}
