using System.Globalization;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;
using Portal.Vault;
using Portal.Vault.Aliases;

namespace Portal.Web.Provisioning;

/// <param name="Alias">As typed; what is near it is looked for.</param>
public sealed record SuggestAddressesRequest(Actor Actor, string? Domain, string? Alias);

/// <summary>Addresses near one that is taken, which the actor could take now: at most three local parts, none where there are none.</summary>
public sealed class SuggestAddresses(FindUsableDomain findUsableDomain, CheckAlias checkAlias, TimeProvider time)
{
    public const int Most = 3;

    public async Task<VaultResult<IReadOnlyList<string>>> HandleAsync(SuggestAddressesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Allows(VaultScopes.VaultboxesRead))
            return request.Actor.InVault().Refusal;
        var domain = await findUsableDomain.HandleAsync(request.Actor, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return ProvisionVaultbox.UnusableDomain(request.Domain);
        var free = new List<string>();
        foreach (var candidate in Near((request.Alias ?? string.Empty).Trim().ToLowerInvariant()))
        {
            var answer = await checkAlias.HandleAsync(new CheckAliasRequest(request.Actor.InVault(), domain.Value.Domain, candidate), cancellationToken);
            if (answer.Succeeded)
                free.Add(answer.Value);
            if (free.Count == Most)
                break;
        }

        return free;
    }

    private IEnumerable<string> Near(string local)
    {
        var year = time.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture);
        return local.Length == 0 ? [] : [$"{local}.mail", $"hello.{local}", $"{local}.{year}", $"{local}2", $"my.{local}", $"{local}.{year}.mail"];
    }
}
