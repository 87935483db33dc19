using Microsoft.EntityFrameworkCore;
using Portal.Smime;

namespace Portal.Vault.Certificates;

public sealed record GetCertificateRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId);

/// <param name="IsHeldHere">Whether its locked private part is kept here, so that this account's browsers can open mail with it.</param>
/// <param name="IsInUse">Whether new mail is sealed to it at this moment.</param>
/// <param name="Details">Null for keys that are no certificates.</param>
/// <param name="Steps">The checks of an upload, made anew as of now.</param>
public sealed record CertificateDetail(
    CertificateView Certificate, bool IsHeldHere, bool IsInUse, CertificateDetails? Details, IReadOnlyList<CertificateCheckStep> Steps);

/// <summary>One public certificate or key of the actor's, in full.</summary>
public sealed class GetCertificate(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<CertificateDetail>> HandleAsync(GetCertificateRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vaultbox = await KeyedVaultbox.FindAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        if (vaultbox?.PublicRows.FirstOrDefault(c => c.Id == request.CertificateId) is not { } row)
            return VaultProblem.NotFound("key");
        var isHeldHere = await context.Certificates.AnyAsync(
            c => c.VaultboxId == request.VaultboxId && c.CertificateType == CertificateTypes.Private && c.FingerprintSha256 == row.FingerprintSha256, cancellationToken);
        var now = time.GetUtcNow();
        if (row.Purpose != KeyPurposes.Mail || !MailCertificate.TryParse(PublicKeyPem.Der(row.PemContent), out var certificate))
            return new CertificateDetail(CertificateView.FromRow(row), isHeldHere, row.Status == CertificateStatus.Active, null, []);
        return new CertificateDetail(
            CertificateView.FromRow(row),
            isHeldHere,
            CertificatePolicy.IsSealedTo(row, now),
            CertificateDetails.Of(certificate),
            CertificateChecks.Check(certificate, vaultbox.ChecksAt(now, except: row.Id)).Steps);
    }
}
