using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Submission;

/// <summary>The addresses that a vaultbox may send as: its own. Asked by the submission server for a device that has signed in.</summary>
public sealed class ListOwnAddresses(IDbContextFactory<VaultContext> contexts)
{
    /// <returns><c>local@domain</c>, lower case; empty when the vaultbox is gone.</returns>
    public async Task<IReadOnlySet<string>> HandleAsync(Guid vaultboxId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var addresses = await context.Aliases.Where(alias => alias.VaultboxId == vaultboxId)
            .Select(alias => alias.LocalPart + "@" + alias.Domain).ToListAsync(cancellationToken);
        return addresses.ToHashSet(StringComparer.Ordinal);
    }
}
