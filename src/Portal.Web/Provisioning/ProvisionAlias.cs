using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Vault;
using Portal.Vault.Aliases;

namespace Portal.Web.Provisioning;

/// <param name="Domain">As typed; must be a verified domain that the actor owns or that is shared. Null: the vaultbox's own.</param>
public sealed record ProvisionAliasRequest(Actor Actor, Guid VaultboxId, string? Domain, string? LocalPart, AliasTerms Terms);

/// <param name="Lines">Local parts or addresses, at most 500; those without a domain stand in <paramref name="Domain"/>.</param>
public sealed record ProvisionAliasesRequest(Actor Actor, Guid VaultboxId, string? Domain, IReadOnlyList<string?>? Lines, AliasTerms Terms);

/// <param name="Style">words or characters; null: words.</param>
public sealed record ProvisionRandomAliasRequest(Actor Actor, Guid VaultboxId, string? Domain, string? Style, AliasTerms Terms);

/// <param name="Domain">As typed; must be a verified domain that the actor owns. Null: the vaultbox's own.</param>
public sealed record ProvisionCatchAllRequest(Actor Actor, Guid VaultboxId, string? Domain, AliasTerms Terms);

/// <summary>
/// Makes aliases across the two databases: the domain and the account are checked in the platform database, then the alias is made in
/// the vault's. The vault is asked first whether the vaultbox is the actor's: to anybody else there is none, whatever the domain.
/// </summary>
public sealed class ProvisionAlias(
    FindAliasDomain findAliasDomain, FindUsableDomain findUsableDomain, AddAlias addAlias, AddAliases addAliases, AddRandomAlias addRandomAlias, AddCatchAll addCatchAll)
{
    /// <summary>Different domains in one paste: each is a question to the platform.</summary>
    public const int MostDomains = 20;

    public async Task<VaultResult<AliasView>> HandleAsync(ProvisionAliasRequest request, CancellationToken cancellationToken)
    {
        var domain = await FindAsync(request.Actor, request.VaultboxId, request.Domain, cancellationToken);
        return domain.Succeeded
            ? await addAlias.HandleAsync(
                new AddAliasRequest(request.Actor.InVault(), request.VaultboxId, domain.Value.Domain, request.LocalPart, request.Terms), cancellationToken)
            : domain.Problem;
    }

    public async Task<VaultResult<AddedAliases>> HandleAsync(ProvisionAliasesRequest request, CancellationToken cancellationToken)
    {
        var domain = await FindAsync(request.Actor, request.VaultboxId, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return domain.Problem;
        var lines = AliasLine.Read(request.Lines ?? []);
        if (AddAliases.Unreadable(lines) is { } problem)
            return problem;
        var named = lines.Select(line => line.Domain).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (named.Count > MostDomains)
            return VaultProblem.Invalid("domains_too_many", $"At most {MostDomains} domains at once; these are {named.Count}.");
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in named)
        {
            if (await findUsableDomain.HandleAsync(request.Actor, name, cancellationToken) is { Succeeded: true } usable)
                found[name] = usable.Value.Domain;
        }

        return await addAliases.HandleAsync(
            new AddAliasesRequest(request.Actor.InVault(), request.VaultboxId, lines, domain.Value.Domain, found, request.Terms), cancellationToken);
    }

    public async Task<VaultResult<AliasView>> HandleAsync(ProvisionRandomAliasRequest request, CancellationToken cancellationToken)
    {
        var domain = await FindAsync(request.Actor, request.VaultboxId, request.Domain, cancellationToken);
        return domain.Succeeded
            ? await addRandomAlias.HandleAsync(
                new AddRandomAliasRequest(request.Actor.InVault(), request.VaultboxId, domain.Value.Domain, request.Style, request.Terms), cancellationToken)
            : domain.Problem;
    }

    public async Task<VaultResult<AliasView>> HandleAsync(ProvisionCatchAllRequest request, CancellationToken cancellationToken)
    {
        var domain = await FindAsync(request.Actor, request.VaultboxId, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return domain.Problem;
        if (!domain.Value.IsOwn)
            return VaultProblem.Invalid("domain_not_own", $"{domain.Value.Domain} is another account's, which shares it. Only its owner catches all of its mail.");
        return await addCatchAll.HandleAsync(
            new AddCatchAllRequest(request.Actor.InVault(), request.VaultboxId, domain.Value.Domain, request.Terms), cancellationToken);
    }

    private async Task<VaultResult<UsableDomain>> FindAsync(Actor actor, Guid vaultboxId, string? domain, CancellationToken cancellationToken)
    {
        var own = await findAliasDomain.HandleAsync(new FindAliasDomainRequest(actor.InVault(), vaultboxId), cancellationToken);
        if (!own.Succeeded)
            return own.Problem;
        var name = string.IsNullOrWhiteSpace(domain) ? own.Value : domain;
        var found = await findUsableDomain.HandleAsync(actor, name, cancellationToken);
        return found.Succeeded ? found.Value : ProvisionVaultbox.UnusableDomain(name);
    }
}
