using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

/// <param name="Search">Part of the address, label or note; null for all.</param>
/// <param name="State">One of <see cref="AliasStates"/>; null: all but the deleted.</param>
public sealed record FindAliasIdsRequest(VaultActor Actor, Guid VaultboxId, string? Search = null, string? State = null);

/// <summary>Names every address that a list would show, the primary one left out: what an act on all that match is asked for.</summary>
public sealed class FindAliasIds(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<IReadOnlyList<Guid>>> HandleAsync(FindAliasIdsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.OwnVaultbox(request.Actor, request.VaultboxId).AnyAsync(cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (AliasQuery.UnknownState(request.State) is { } problem)
            return problem;
        return await context.Aliases.Where(a => a.VaultboxId == request.VaultboxId && !a.IsPrimary).Matching(request.Search)
            .WithState(time.GetUtcNow()).In(request.State).OrderBy(row => row.Alias.Id).Select(row => row.Alias.Id)
            .Take(AliasStore.MostKept).ToListAsync(cancellationToken);
    }
}
