using Microsoft.EntityFrameworkCore;
using Portal.Smime;

namespace Portal.Vault.Certificates;

/// <param name="Pem">PEM text, or null when <paramref name="Der"/> is given.</param>
/// <param name="Der">DER of a certificate or a PKCS#7 bundle, or a PEM file's bytes.</param>
public sealed record CheckCertificatesRequest(VaultActor Actor, Guid VaultboxId, string? Pem, ReadOnlyMemory<byte> Der);

/// <param name="Name">What the key will be called unless its owner says otherwise.</param>
/// <param name="Pem">What to add.</param>
/// <param name="Steps">Every check, in order.</param>
public sealed record CheckedCertificate(
    string Name, string Algorithm, DateTimeOffset NotBefore, DateTimeOffset NotAfter, CertificateDetails Details, string Pem, bool IsAccepted,
    IReadOnlyList<CertificateCheckStep> Steps);

/// <param name="Items">One for each certificate that mail could be sealed to.</param>
/// <param name="Issuers">Certificates of authorities that came along; they are not needed and not kept.</param>
public sealed record CheckedCertificates(IReadOnlyList<CheckedCertificate> Items, int Issuers);

/// <summary>Says of an upload what <see cref="AddCertificate"/> would, certificate by certificate and check by check. Nothing is kept.</summary>
public sealed class CheckCertificates(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<CheckedCertificates>> HandleAsync(CheckCertificatesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var vaultbox = await KeyedVaultbox.FindAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("vaultbox");
        var read = CertificateReader.Read(request.Pem, request.Der);
        if (read.Refusal is { } unreadable)
            return VaultProblem.Invalid(unreadable.Code, unreadable.Message);
        var checks = vaultbox.ChecksAt(time.GetUtcNow());
        return new CheckedCertificates([.. read.Personal.Select(certificate => Of(certificate, checks))], read.Certificates.Count - read.Personal.Count);
    }

    private static CheckedCertificate Of(MailCertificate certificate, CertificateCheckContext checks)
    {
        var result = CertificateChecks.Check(certificate, checks);
        return new CheckedCertificate(
            AddCertificate.NameOf(null, certificate), certificate.Algorithm, certificate.NotBefore, certificate.NotAfter, CertificateDetails.Of(certificate),
            certificate.ToPem(), result.IsAccepted, result.Steps);
    }
}
