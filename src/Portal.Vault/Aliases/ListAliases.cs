using Microsoft.EntityFrameworkCore;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Aliases;

/// <param name="Search">Part of the address, label or note; null for all.</param>
/// <param name="State">One of <see cref="AliasStates"/>; null: all but the deleted.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListAliasesRequest(
    VaultActor Actor, Guid VaultboxId, string? Search = null, string? State = null, int Limit = 50, string? After = null);

/// <summary>The addresses of a vaultbox, oldest first: the primary one leads.</summary>
public sealed class ListAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Told to the database: without it nothing escapes.</summary>
    private const string Escape = "\\";

    public async Task<VaultResult<Page<AliasView>>> HandleAsync(ListAliasesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return VaultProblem.Forbidden;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.OwnVaultbox(request.Actor, request.VaultboxId).AnyAsync(cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        if (request.State is not null && !AliasStates.All.Contains(request.State, StringComparer.Ordinal))
            return VaultProblem.Invalid("state_unknown", $"“{request.State}” is no state. Use one of: {string.Join(", ", AliasStates.All)}.");
        var aliases = Matching(context.Aliases.Where(a => a.VaultboxId == request.VaultboxId), request.Search);
        if (after is { } position)
            aliases = aliases.Where(a => a.CreatedAt > position.At || (a.CreatedAt == position.At && a.Id > position.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = aliases.WithState(time.GetUtcNow());
        rows = request.State is { } state ? rows.Where(r => r.State == state) : rows.Where(r => r.Alias.DeletedAt == null);
        var page = await rows.OrderBy(r => r.Alias.CreatedAt).ThenBy(r => r.Alias.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return Cursor.PageOf(page.ConvertAll(row => row.View()), limit, a => new Position(a.CreatedAt, a.Id));
    }

    private static IQueryable<Alias> Matching(IQueryable<Alias> aliases, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
            return aliases;
        var pattern = $"%{Cursor.EscapeLike(search.Trim())}%";
        return aliases.Where(a => EF.Functions.ILike(a.LocalPart + "@" + a.Domain, pattern, Escape)
            || EF.Functions.ILike(a.Label!, pattern, Escape) || EF.Functions.ILike(a.Note!, pattern, Escape));
    }
}
