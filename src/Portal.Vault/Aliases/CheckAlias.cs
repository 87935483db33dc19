using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <param name="Domain">Lower-case A-label domain that the caller has found usable by the actor.</param>
public sealed record CheckAliasRequest(VaultActor Actor, string Domain, string Alias);

/// <summary>Whether an address is free to take: its normal form, or why not (alias_malformed, alias_reserved, alias_taken).</summary>
public sealed class CheckAlias(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<string>> HandleAsync(CheckAliasRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        var local = LocalPart.Parse(request.Alias);
        if (!local.Succeeded)
            return local;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await context.Aliases.AnyAsync(a => a.Domain == request.Domain && a.LocalPart == local.Value, cancellationToken)
            || await context.RetiredFrom(request.Actor.UserId).AnyAsync(r => r.Domain == request.Domain && r.LocalPart == local.Value, cancellationToken);
        return taken ? Taken(local.Value, request.Domain) : local;
    }

    internal static VaultProblem Taken(string local, string domain) =>
        VaultProblem.Conflict("alias_taken", $"{local}@{domain} is taken. Choose another name.");
}
