using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Vaultboxes;

/// <param name="Search">Part of the name or address; null for all.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListVaultboxesRequest(VaultActor Actor, string? Search = null, int Limit = 50, string? After = null);

/// <summary>The actor's own vaultboxes, oldest first.</summary>
public sealed class ListVaultboxes(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<Page<VaultboxView>>> HandleAsync(ListVaultboxesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return VaultProblem.Forbidden;
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.UserId == request.Actor.UserId);
        if (!string.IsNullOrWhiteSpace(request.Search))
        {
            var pattern = $"%{Cursor.EscapeLike(request.Search.Trim())}%";
            own = own.Where(v => EF.Functions.ILike(v.Name, pattern) || EF.Functions.ILike(v.Alias + "@" + v.Domain, pattern));
        }

        if (after is { } position)
            own = own.Where(v => v.CreatedAt > position.At || (v.CreatedAt == position.At && v.Id > position.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        own = own.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).Take(limit + 1);
        var rows = await VaultboxQuery.ViewsOf(context, own, time.GetUtcNow()).ToListAsync(cancellationToken);
        return Cursor.PageOf(rows, limit, v => new Position(v.CreatedAt, v.Id));
    }
}
