using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Aliases;

/// <param name="Search">Part of the address, label or note; null for all.</param>
/// <param name="State">One of <see cref="AliasStates"/>; null: all but the deleted.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before, in the same order.</param>
/// <param name="NewestFirst">Behind the primary one, which leads in either order.</param>
public sealed record ListAliasesRequest(
    VaultActor Actor, Guid VaultboxId, string? Search = null, string? State = null, int Limit = 50, string? After = null, bool NewestFirst = false);

/// <summary>The addresses of a vaultbox, oldest first unless the newest are asked for: the primary one leads.</summary>
public sealed class ListAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<Page<AliasView>>> HandleAsync(ListAliasesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.OwnVaultbox(request.Actor, request.VaultboxId).AnyAsync(cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        if (AliasQuery.UnknownState(request.State) is { } problem)
            return problem;
        var aliases = context.Aliases.Where(a => a.VaultboxId == request.VaultboxId).Matching(request.Search);
        if (after is { } position)
            aliases = request.NewestFirst ? NewestAfter(aliases, position) : OldestAfter(aliases, position);
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = aliases.WithState(time.GetUtcNow()).In(request.State);
        rows = request.NewestFirst
            ? rows.OrderByDescending(r => r.Alias.IsPrimary).ThenByDescending(r => r.Alias.CreatedAt).ThenByDescending(r => r.Alias.Id)
            : rows.OrderBy(r => r.Alias.CreatedAt).ThenBy(r => r.Alias.Id);
        var page = await rows.Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(page.ConvertAll(row => row.View()), limit, a => PositionOf(a, request.NewestFirst));
    }

    private static IQueryable<Alias> OldestAfter(IQueryable<Alias> aliases, Position position) =>
        aliases.Where(a => a.CreatedAt > position.At || (a.CreatedAt == position.At && a.Id > position.Id));

    private static IQueryable<Alias> NewestAfter(IQueryable<Alias> aliases, Position position) =>
        aliases.Where(a => !a.IsPrimary && (a.CreatedAt < position.At || (a.CreatedAt == position.At && a.Id < position.Id)));

    /// <summary>Newest first, the primary one stands before all others though it is the oldest.</summary>
    private static Position PositionOf(AliasView alias, bool newestFirst) =>
        new(newestFirst && alias.IsPrimary ? DateTimeOffset.MaxValue : alias.CreatedAt, alias.Id);
}
