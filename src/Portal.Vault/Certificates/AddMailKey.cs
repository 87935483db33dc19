using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Smime;
using Portal.Vault.Credentials;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

/// <param name="Key">With purpose mail, bound by the owner key that the vaultbox has.</param>
public sealed record AddMailKeyRequest(VaultActor Actor, Guid VaultboxId, BrowserKey Key);

/// <summary>
/// Takes another mail key that was made or brought along and locked in the browser, for a vaultbox that has keys made there: its reading
/// key and owner key stay. New mail is sealed to it from the next message on. Where the vaultbox has the certificate already, its private
/// part joins it, and nothing else changes.
/// </summary>
public sealed class AddMailKey(IDbContextFactory<VaultContext> contexts, InstallationBinding installation, TimeProvider time)
{
    /// <returns>The public row.</returns>
    public async Task<VaultResult<CertificateView>> HandleAsync(AddMailKeyRequest request, CancellationToken cancellationToken)
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
        var known = Known(request.Key, vaultbox);
        if (known is null && vaultbox.Full is { } full)
            return full;
        var key = Check(request.Key, vaultbox, known, now);
        if (!key.Succeeded)
            return key.Problem;

        var rows = key.Value.Rows(request.VaultboxId, installation, now).ToList();
        var row = known ?? rows[0];
        context.AddRange(known is null ? rows : rows[1..]);
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

        return CertificateView.FromRow(row);
    }

    /// <summary>The public row that this very certificate has already, uploaded without its key.</summary>
    private static Certificate? Known(BrowserKey key, KeyedVaultbox vaultbox) =>
        CertificateReader.Read(key.PublicPem, default).EndEntity is { } certificate
            ? vaultbox.PublicRows.FirstOrDefault(row => row.Purpose == KeyPurposes.Mail
                && string.Equals(Convert.ToHexStringLower(row.FingerprintSha256), certificate.FingerprintSha256, StringComparison.Ordinal))
            : null;

    private VaultResult<CheckedBrowserKey> Check(BrowserKey key, KeyedVaultbox vaultbox, Certificate? known, DateTimeOffset now)
    {
        if (!string.Equals(key.Purpose, KeyPurposes.Mail, StringComparison.Ordinal))
            return VaultProblem.Invalid("keys_incomplete", "Send one key with the purpose mail.");
        if (!EncryptedKeyArmour.IsWellFormed(key.PrivatePem))
            return VaultProblem.Invalid(CertificateCodes.PrivateKeyInClear, "The private part of the key is not encrypted as this server requires. It was refused and not stored.");
        var owner = vaultbox.PublicRows.FirstOrDefault(row => row.Purpose == KeyPurposes.Owner && installation.IsBound(row, []));
        if (owner is null)
            return VaultProblem.Conflict("owner_key_missing", "This vaultbox has no keys made in a browser yet. Make all of them first.");
        var result = BrowserKeyCheck.CheckMail(key, vaultbox, now, known is not null);
        if (!result.Succeeded)
            return result;
        return key.Binding is { } signature
            && BindingSignature.Verify(PublicKeyPem.Der(owner.PemContent), vaultbox.Vaultbox.Id, KeyPurposes.Mail, result.Value.Fingerprint, signature.Span)
            ? result
            : VaultProblem.Invalid("binding_invalid", "The mail key is not signed by the owner key for this vaultbox.");
    }
}
