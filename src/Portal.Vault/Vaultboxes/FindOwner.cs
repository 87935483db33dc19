using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Vaultboxes;

/// <summary>Whose an address or a device's username is. For the search of support, which has checked who asks.</summary>
public sealed class FindOwner(IDbContextFactory<VaultContext> contexts)
{
    /// <param name="text">All of an address of a vaultbox, or of a device's username.</param>
    /// <returns>Null when it is nobody's.</returns>
    public async Task<Guid?> HandleAsync(string? text, CancellationToken cancellationToken)
    {
        var wanted = text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(wanted) || wanted.Contains('\0', StringComparison.Ordinal))
            return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var at = wanted.LastIndexOf('@');
        if (at <= 0)
            return await context.Devices.Where(d => d.Username == wanted && d.RevokedAt == null).Select(d => (Guid?)d.UserId).FirstOrDefaultAsync(cancellationToken);
        var (local, domain) = (wanted[..at], wanted[(at + 1)..]);
        return await context.Vaultboxes
            .Where(v => v.Alias == local && v.Domain == domain
                || context.Aliases.Any(a => a.VaultboxId == v.Id && a.LocalPart == local && a.Domain == domain && a.DeletedAt == null))
            .Select(v => (Guid?)v.UserId).FirstOrDefaultAsync(cancellationToken);
    }
}
