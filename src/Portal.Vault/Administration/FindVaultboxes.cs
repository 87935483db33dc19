using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Administration;

/// <param name="Text">The beginning of a vaultbox's address, or a domain after an @; null for every vaultbox.</param>
/// <param name="State">One of <see cref="VaultboxStates"/>; null: all but the deleted.</param>
/// <param name="OwnerId">Only those of this account.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record FindVaultboxesRequest(
    VaultActor Actor, string? Text = null, string? State = null, Guid? OwnerId = null, int Limit = 50, string? After = null);

/// <summary>What an admin may know of a vaultbox: how much there is, and whether mail can be sealed. Not how its owner calls it.</summary>
/// <param name="Octets">Of sealed mail.</param>
/// <param name="MailKeys">Certificates that new mail is sealed to.</param>
/// <param name="FirstKeyEnds">The one of them that ends first; null without any.</param>
public sealed record FoundVaultbox(
    Guid Id,
    Guid UserId,
    string Address,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DeletedAt,
    long Messages,
    long Octets,
    int MailKeys,
    DateTimeOffset? FirstKeyEnds);

/// <summary>Lists every account's vaultboxes for admins, the newest first: numbers and dates alone.</summary>
public sealed class FindVaultboxes(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<Page<FoundVaultbox>>> HandleAsync(FindVaultboxesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.MayAdminister)
            return VaultProblem.NotFound("page");
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        if (request.State is not null && !VaultboxStates.All.Contains(request.State, StringComparer.Ordinal))
            return VaultProblem.Invalid("state_unknown", $"“{request.State}” is no state. Use one of: {string.Join(", ", VaultboxStates.All)}.");

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = context.Certificates.IgnoreQueryFilters()
            .Where(c => c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active);
        var rows = InState(Named(context.Vaultboxes.IgnoreQueryFilters(), request), keys, request.State);
        if (after is { } last)
            rows = rows.Where(v => v.CreatedAt < last.At || (v.CreatedAt == last.At && v.Id < last.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        var found = await rows.OrderByDescending(v => v.CreatedAt).ThenByDescending(v => v.Id).Take(limit + 1)
            .Select(v => new FoundVaultbox(
                v.Id, v.UserId, v.Alias + "@" + v.Domain, v.Status, v.CreatedAt, v.DeletedAt,
                context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.MessageCount),
                context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.Octets),
                keys.Count(c => c.VaultboxId == v.Id),
                keys.Where(c => c.VaultboxId == v.Id).Min(c => c.NotAfter)))
            .ToListAsync(cancellationToken);
        return Cursor.PageOf(found, limit, v => new Position(v.CreatedAt, v.Id));
    }

    private static IQueryable<Vaultbox> Named(IQueryable<Vaultbox> rows, FindVaultboxesRequest request)
    {
        if (request.OwnerId is { } owner)
            rows = rows.Where(v => v.UserId == owner);
        var text = request.Text?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text))
            return rows;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (local, domain) = at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
        if (local.Length > 0)
            rows = at < 0 ? rows.Where(v => v.Alias.StartsWith(local)) : rows.Where(v => v.Alias == local);
        return domain.Length > 0 ? rows.Where(v => v.Domain.StartsWith(domain)) : rows;
    }

    private IQueryable<Vaultbox> InState(IQueryable<Vaultbox> rows, IQueryable<Certificate> keys, string? state)
    {
        var now = time.GetUtcNow();
        var (soon, used) = (now + VaultboxRanks.EndsSoon, now - CertificatePolicy.Grace);
        return state switch
        {
            VaultboxStates.Active => rows.Where(v => v.DeletedAt == null && v.Status == VaultboxStatus.Active),
            VaultboxStates.Resting => rows.Where(v => v.DeletedAt == null && v.Status != VaultboxStatus.Active),
            VaultboxStates.Deleted => rows.Where(v => v.DeletedAt != null),
            VaultboxStates.Attention => rows.Where(v => v.DeletedAt == null && v.Status == VaultboxStatus.Active
                && (!keys.Any(c => c.VaultboxId == v.Id && c.NotBefore <= now && c.NotAfter > used) || keys.Any(c => c.VaultboxId == v.Id && c.NotAfter <= soon))),
            _ => rows.Where(v => v.DeletedAt == null),
        };
    }
}
