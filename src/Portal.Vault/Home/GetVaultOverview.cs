using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Home;

public sealed record GetVaultOverviewRequest(VaultActor Actor);

/// <summary>What in the actor's vaultboxes needs a person, and how far their set-up is.</summary>
public sealed class GetVaultOverview(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>Things of a kind that are named.</summary>
    public const int Most = 5;

    public async Task<VaultResult<VaultOverview>> HandleAsync(GetVaultOverviewRequest request, CancellationToken cancellationToken)
    {
        // It tells of devices too, but not to support.
        if (!request.Actor.Has(VaultScopes.VaultboxesRead) || !(request.Actor.IsSupport || request.Actor.Has(VaultScopes.CredentialsRead)))
            return request.Actor.Refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.Where(v => v.UserId == request.Actor.UserId && v.DeletedAt == null);
        var attention = new VaultAttention(context, own, now);
        return new VaultOverview(
            await attention.NeedKeyAsync(cancellationToken),
            await attention.ExpiringAsync(cancellationToken),
            await attention.FillingAsync(cancellationToken),
            await attention.EndingAliasesAsync(cancellationToken),
            request.Actor.IsSupport ? new Told<OverlapEnding>(0, []) : await attention.EndingOverlapsAsync(request.Actor.UserId, cancellationToken),
            await SetUpAsync(context, own, request.Actor.UserId, cancellationToken));
    }

    private static async Task<SetUpState> SetUpAsync(VaultContext context, IQueryable<Vaultbox> own, Guid userId, CancellationToken cancellationToken)
    {
        var first = await own.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).Select(v => (Guid?)v.Id).FirstOrDefaultAsync(cancellationToken);
        if (first is null)
            return new SetUpState(null, HasKeys: false, HasDevice: false, HasMail: false);
        return new SetUpState(
            first,
            await own.AnyAsync(
                v => context.Certificates.Any(c => c.VaultboxId == v.Id && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail),
                cancellationToken),
            await context.Devices.AnyAsync(d => d.UserId == userId && d.RevokedAt == null, cancellationToken),
            await own.AnyAsync(v => context.EncryptedEmails.Any(e => e.VaultboxId == v.Id), cancellationToken));
    }
}
