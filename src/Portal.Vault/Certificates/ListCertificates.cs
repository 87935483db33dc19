using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Certificates;

/// <summary>A certificate or key as its owner sees it; private rows are the ENCRYPTED armour that only the browser opens.</summary>
/// <param name="LastProvenAt">When its private part last opened something that only it opens; null: never seen.</param>
/// <param name="RetiredAt">Since when no new mail is sealed to it.</param>
public sealed record CertificateView(
    Guid Id,
    string CertificateType,
    string Purpose,
    string FriendlyName,
    string Pem,
    string FingerprintSha256,
    string Algorithm,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    string Status,
    string? BindingKind,
    string? BindingSignature,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastProvenAt = null,
    DateTimeOffset? RetiredAt = null)
{
    internal static readonly Func<Certificate, CertificateView> FromRow = c => new CertificateView(
        c.Id, c.CertificateType, c.Purpose, c.FriendlyName, c.PemContent, Convert.ToHexStringLower(c.FingerprintSha256), c.Algorithm,
        c.NotBefore, c.NotAfter, c.Status, c.BindingKind, c.BindingSignature is { } signature ? Convert.ToBase64String(signature) : null,
        c.CreatedAt, c.LastProvenAt, c.RetiredAt);
}

public sealed record ListCertificatesRequest(VaultActor Actor, Guid VaultboxId);

/// <summary>All certificates and keys of a vaultbox, oldest first.</summary>
public sealed class ListCertificates(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<IReadOnlyList<CertificateView>>> HandleAsync(ListCertificatesRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await KeyedVaultbox.IsOwnAsync(context, request.Actor, request.VaultboxId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        Expression<Func<Certificate, bool>> visible = request.Actor.Has(VaultScopes.KeysWrite)
            ? c => c.VaultboxId == request.VaultboxId
            : c => c.VaultboxId == request.VaultboxId && c.CertificateType == CertificateTypes.Public;
        var rows = await context.Certificates.AsNoTracking().Where(visible).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        return rows.ConvertAll(c => CertificateView.FromRow(c));
    }
}
