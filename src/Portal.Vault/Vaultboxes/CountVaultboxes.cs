namespace Portal.Vault.Vaultboxes;

/// <param name="Search">Part of the name, of the address or of an alias; null for all.</param>
public sealed record CountVaultboxesRequest(VaultActor Actor, string? Search = null);

/// <summary>How many vaultboxes the actor has in each state, and how much they hold together.</summary>
public sealed class CountVaultboxes
{
    private readonly VaultboxRanks _ranks;

    internal CountVaultboxes(VaultboxRanks ranks) => _ranks = ranks;

    public async Task<VaultResult<VaultboxCounts>> HandleAsync(CountVaultboxesRequest request, CancellationToken cancellationToken) =>
        request.Actor.Has(VaultScopes.VaultboxesRead)
            ? await _ranks.CountAsync(request.Actor.UserId, request.Search, cancellationToken)
            : request.Actor.Refusal;
}
