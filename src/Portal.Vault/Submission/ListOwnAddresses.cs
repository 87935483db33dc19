using Microsoft.EntityFrameworkCore;
using Portal.Vault.Aliases;

namespace Portal.Vault.Submission;

/// <summary>Addresses that are somebody's own, each with any tag.</summary>
/// <param name="addresses"><c>local@domain</c>, lower case.</param>
public sealed class OwnAddresses(IReadOnlySet<string> addresses)
{
    /// <param name="address">In any case, the domain in A-labels; <c>local+tag@domain</c> is own when <c>local@domain</c> is.</param>
    public bool Contains(string address)
    {
        var lower = address.ToLowerInvariant();
        var (plus, at) = (lower.IndexOf('+', StringComparison.Ordinal), lower.LastIndexOf('@'));
        return addresses.Contains(plus > 0 && plus < at ? string.Concat(lower.AsSpan(0, plus), lower.AsSpan(at)) : lower);
    }
}

/// <summary>
/// The addresses that a vaultbox may send as: those of its own that take mail. A catch-all is none: who catches every name of a domain
/// does not thereby write in every name. Asked by the submission server for a device that has signed in.
/// </summary>
public sealed class ListOwnAddresses(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <returns>None when the vaultbox is gone.</returns>
    public async Task<OwnAddresses> HandleAsync(Guid vaultboxId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var addresses = await context.Aliases.Where(alias => alias.VaultboxId == vaultboxId && context.Vaultboxes.Any(v => v.Id == vaultboxId) && alias.Kind != AliasKinds.CatchAll)
            .WithState(time.GetUtcNow()).Where(row => row.State == AliasStates.Active)
            .Select(row => row.Alias.LocalPart + "@" + row.Alias.Domain).ToListAsync(cancellationToken);
        return new OwnAddresses(addresses.ToHashSet(StringComparer.Ordinal));
    }
}
