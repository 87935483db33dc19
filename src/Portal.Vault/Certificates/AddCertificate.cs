using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Smime;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

/// <param name="Pem">PEM text, or null when <paramref name="Der"/> is given.</param>
/// <param name="Der">A certificate in DER (or a PEM file's bytes).</param>
/// <param name="FriendlyName">What the owner calls it; empty means the certificate's common name.</param>
public sealed record AddCertificateRequest(VaultActor Actor, Guid VaultboxId, string? Pem, ReadOnlyMemory<byte> Der, string? FriendlyName);

/// <param name="Warnings">What is allowed but worth knowing.</param>
public sealed record AddedCertificate(CertificateView Certificate, IReadOnlyList<CertificateFinding> Warnings);

/// <summary>
/// Adds a public certificate whose private key we never see: mail is sealed to it from the next message on. It comes without an
/// owner key's signature, so the installation binds it to the vaultbox.
/// </summary>
public sealed class AddCertificate(IDbContextFactory<VaultContext> contexts, InstallationBinding installation, TimeProvider time)
{
    internal const int MaxNameLength = 255;

    public async Task<VaultResult<AddedCertificate>> HandleAsync(AddCertificateRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LockedDevice.LockVaultboxAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        var vaultbox = await KeyedVaultbox.FindAsync(context, request.Actor, request.VaultboxId, cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("vaultbox");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (vaultbox.Full is { } full)
            return full;
        var read = CertificateReader.Read(request.Pem, request.Der);
        if (read.Refusal is { } unreadable)
            return VaultProblem.Invalid(unreadable.Code, unreadable.Message);
        var certificate = read.EndEntity!;
        var check = CertificateChecks.Check(certificate, vaultbox.ChecksAt(now));
        if (!check.IsAccepted)
            return VaultProblem.Invalid(check.Refusals[0].Code, string.Join(" ", check.Refusals.Select(r => r.Message)));

        var row = RowOf(request, certificate, now);
        context.Add(row);
        context.NotifyKey(vaultbox.Vaultbox, row, NoticeKinds.KeyAdded, now);
        context.AuditKey(request.Actor, Acts.KeyAdded, row, now);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: CertificateConfiguration.UniqueKeyIndex })
        {
            return VaultProblem.Invalid(CertificateCodes.Duplicate, "This vaultbox already has this certificate.");
        }

        return new AddedCertificate(CertificateView.FromRow(row), check.Warnings);
    }

    private Certificate RowOf(AddCertificateRequest request, MailCertificate certificate, DateTimeOffset now) => new()
    {
        VaultboxId = request.VaultboxId,
        CertificateType = CertificateTypes.Public,
        Purpose = KeyPurposes.Mail,
        PemContent = certificate.ToPem(),
        FriendlyName = NameOf(request.FriendlyName, certificate),
        FingerprintSha256 = Convert.FromHexString(certificate.FingerprintSha256),
        Algorithm = certificate.Algorithm,
        NotBefore = certificate.NotBefore,
        NotAfter = certificate.NotAfter,
        BindingKind = BindingKinds.Installation,
        BindingSignature = installation.Sign(request.VaultboxId, KeyPurposes.Mail, certificate.FingerprintSha256),
        CreatedAt = now,
    };

    internal static string NameOf(string? friendlyName, MailCertificate certificate)
    {
        var name = string.IsNullOrWhiteSpace(friendlyName) ? CommonName(certificate.Subject) : friendlyName.Trim();
        return name.Length == 0 ? certificate.Algorithm : name[..Math.Min(name.Length, MaxNameLength)];
    }

    /// <summary>What a person would call it; the whole subject where it begins with something else.</summary>
    private static string CommonName(string subject) =>
        subject.StartsWith("CN=", StringComparison.Ordinal) && !subject.Contains('"', StringComparison.Ordinal) ? subject["CN=".Length..].Split(", ")[0] : subject;
}
