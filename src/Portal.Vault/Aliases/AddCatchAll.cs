using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <param name="Domain">Lower-case A-label domain that the caller has found verified and owned by the actor; one that is shared by another does not do.</param>
public sealed record AddCatchAllRequest(VaultActor Actor, Guid VaultboxId, string Domain, AliasTerms Terms);

/// <summary>Sends to a vaultbox what no other address of a domain takes; one for each domain.</summary>
public sealed class AddCatchAll(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<AliasView>> HandleAsync(AddCatchAllRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.LockForRoomAsync(request.Actor, request.VaultboxId, cancellationToken) is not { } room)
            return VaultProblem.NotFound("vaultbox");
        var terms = AliasTerms.Read(request.Terms, now);
        if (!terms.Succeeded)
            return terms.Problem;
        if (room <= 0)
            return AliasStore.TooMany;
        var alias = AliasStore.New(request.VaultboxId, request.Domain, Alias.CatchAll, AliasKinds.CatchAll, now);
        return await AddAlias.StoreAsync(context, request.Actor, alias, terms.Value, cancellationToken);
    }
}
