using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Domains;

/// <param name="Domain">Lower-case A-label domain.</param>
/// <param name="Shared">Usable by every account.</param>
public sealed record VerifiedDomain(string Domain, bool Shared);

/// <summary>The domains that the portal takes mail for, of whomever, each once: what is only claimed is none of them.</summary>
public sealed class ListVerifiedDomains(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<IReadOnlyList<VerifiedDomain>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Domains.Where(domain => domain.VerificationStatus == VerificationStatus.Verified)
            .OrderBy(domain => domain.Name).Select(domain => new VerifiedDomain(domain.Name, domain.Shared)).ToListAsync(cancellationToken);
    }
}
