using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

/// <param name="Search">Part of the address, label or note; null for all.</param>
public sealed record CountAliasesRequest(VaultActor Actor, Guid VaultboxId, string? Search = null);

/// <summary>How many addresses of a vaultbox match, by state.</summary>
/// <param name="Live">All but the deleted.</param>
/// <param name="ByState">One of <see cref="AliasStates"/> each; a state that none is in is left out.</param>
public sealed record AliasCounts(int Live, IReadOnlyDictionary<string, int> ByState)
{
    public int Of(string? state) => state is null ? Live : ByState.GetValueOrDefault(state);
}

/// <summary>Counts the addresses of a vaultbox by their state, for the filters of a list.</summary>
public sealed class CountAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<AliasCounts>> HandleAsync(CountAliasesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.OwnVaultbox(request.Actor, request.VaultboxId).AnyAsync(cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        var counts = await context.Aliases.Where(a => a.VaultboxId == request.VaultboxId).Matching(request.Search).WithState(time.GetUtcNow())
            .GroupBy(row => row.State).Select(g => new { State = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.State, g => g.Count, StringComparer.Ordinal, cancellationToken);
        return new AliasCounts(counts.Where(c => c.Key != AliasStates.Deleted).Sum(c => c.Value), counts);
    }
}
