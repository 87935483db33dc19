using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;

namespace Portal.Vault.Vaultboxes;

public sealed record GetVaultboxContentsRequest(VaultActor Actor, Guid VaultboxId);

/// <summary>What goes with a vaultbox when it is deleted.</summary>
/// <param name="Octets">Of the sealed messages.</param>
/// <param name="Aliases">Its own address included.</param>
/// <param name="Keys">Mail certificates, retired ones included.</param>
/// <param name="Devices">That are not revoked and open this vaultbox alone.</param>
public sealed record VaultboxContents(long Messages, long Octets, int Aliases, int Keys, int Devices);

/// <summary>Counts what a deletion would destroy, so that it can be said before.</summary>
public sealed class GetVaultboxContents(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<VaultboxContents>> HandleAsync(GetVaultboxContentsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.OwnVaultbox(request.Actor, request.VaultboxId);
        return await ContentsOf(context, own).SingleOrDefaultAsync(cancellationToken) is { } contents ? contents : VaultProblem.NotFound("vaultbox");
    }

    internal static IQueryable<VaultboxContents> ContentsOf(VaultContext context, IQueryable<Vaultbox> vaultboxes) => vaultboxes.Select(v => new VaultboxContents(
        context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.MessageCount),
        context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.Octets),
        context.Aliases.Count(a => a.VaultboxId == v.Id && a.DeletedAt == null),
        context.Certificates.Count(c => c.VaultboxId == v.Id && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail),
        context.Devices.Count(d => d.VaultboxId == v.Id && d.RevokedAt == null)));
}
