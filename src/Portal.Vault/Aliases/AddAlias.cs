using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Aliases;

/// <param name="Domain">Lower-case A-label domain that the caller has found usable by the actor.</param>
public sealed record AddAliasRequest(VaultActor Actor, Guid VaultboxId, string Domain, string? LocalPart, AliasTerms Terms);

/// <summary>Gives a vaultbox one more address.</summary>
public sealed class AddAlias(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<AliasView>> HandleAsync(AddAliasRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.LockForRoomAsync(request.Actor, request.VaultboxId, cancellationToken) is not { } room)
            return VaultProblem.NotFound("vaultbox");
        var local = Aliases.LocalPart.Parse(request.LocalPart);
        var terms = AliasTerms.Read(request.Terms, now);
        if ((local.Problem ?? terms.Problem) is { } problem)
            return problem;
        if (room <= 0)
            return AliasStore.TooMany;
        return await StoreAsync(context, request.Actor, AliasStore.New(request.VaultboxId, request.Domain, local.Value!, AliasKinds.Named, now), terms.Value!, cancellationToken);
    }

    /// <summary>Commits, or says who has the address.</summary>
    internal static async Task<VaultResult<AliasView>> StoreAsync(
        VaultContext context, VaultActor actor, Alias alias, AliasTerms terms, CancellationToken cancellationToken)
    {
        if ((await context.InsertAsync(actor, [alias], terms, cancellationToken)).Count == 0)
        {
            var why = await context.WhyTakenAsync(actor, alias.Domain, [alias.LocalPart], cancellationToken);
            return why.TryGetValue(alias.LocalPart, out var problem) ? problem : CheckAlias.Taken(alias.LocalPart, alias.Domain);
        }

        context.Audit(
            actor.By, Acts.AliasesAdded, AuditTarget.Of(AuditTarget.AliasKind, alias.Id, actor.UserId), alias.CreatedAt,
            new AuditDetail().Fact("vaultbox", alias.VaultboxId).Fact("kind", alias.Kind).Fact("addresses", 1)
                .Personal("address", $"{alias.LocalPart}@{alias.Domain}"));
        await context.SaveChangesAsync(cancellationToken);
        var view = await context.ViewAsync(alias.Id, alias.CreatedAt, cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        return view;
    }
}
