using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Credentials;

namespace Portal.Vault.Vaultboxes;

/// <summary>What is given is changed; the rest stays.</summary>
/// <param name="Name">1 to 100 characters; blank: its address.</param>
/// <param name="Status">active, paused or archived.</param>
/// <param name="HeaderPolicy">open, baseline, shy or blind; for mail from now on.</param>
/// <param name="Cipher">aes-256-cbc or aes-256-gcm; for mail from now on.</param>
/// <param name="MetadataPolicy">full, domain or none; for mail from now on.</param>
/// <param name="Limits">Both at once; null inside: none.</param>
/// <param name="EncryptedMail">seal or leave; for mail from now on.</param>
public sealed record UpdateVaultboxRequest(
    VaultActor Actor,
    Guid VaultboxId,
    Change<string> Name = default,
    Change<string> Status = default,
    Change<string> HeaderPolicy = default,
    Change<string> Cipher = default,
    Change<string> MetadataPolicy = default,
    Change<VaultboxLimits> Limits = default,
    Change<string> EncryptedMail = default);

/// <summary>
/// Renames a vaultbox, pauses, resumes or archives it, or changes how its mail is sealed and what it may take. What the server gets to
/// see of mail, and what mail is encrypted with, asks for a fresh proof of identity; the rest does not.
/// </summary>
public sealed class UpdateVaultbox(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<VaultboxView>> HandleAsync(UpdateVaultboxRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var vaultbox = await context.Vaultboxes
            .FromSql($"SELECT * FROM vaultboxes WHERE id = {request.VaultboxId} AND user_id = {request.Actor.UserId} FOR NO KEY UPDATE")
            .AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (vaultbox is null)
            return VaultProblem.NotFound("vaultbox");
        var now = time.GetUtcNow();
        if (ChangesSealing(request, vaultbox) && !request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        var status = vaultbox.Status;
        var former = VaultboxTerms.Of(vaultbox);
        if (Apply(request, vaultbox, now) is { } problem)
            return problem;
        context.Audit(request.Actor.By, Acts.VaultboxChanged, AuditTarget.Of(AuditTarget.VaultboxKind, vaultbox.Id, request.Actor.UserId), now, VaultboxTerms.Of(vaultbox).Since(former));
        await context.SaveChangesAsync(cancellationToken);
        // A paused one sends nothing: its devices are looked at again.
        if (!string.Equals(status, vaultbox.Status, StringComparison.Ordinal))
            await context.AnnounceVaultboxAsync(vaultbox.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return await context.ViewAsync(vaultbox, now, cancellationToken);
    }

    private static bool ChangesSealing(UpdateVaultboxRequest request, Vaultbox vaultbox) =>
        Differs(request.HeaderPolicy, vaultbox.HeaderPolicy) || Differs(request.Cipher, vaultbox.Cipher) || Differs(request.MetadataPolicy, vaultbox.MetadataPolicy)
        || Differs(request.EncryptedMail, vaultbox.EncryptedMail);

    private static VaultProblem? Apply(UpdateVaultboxRequest request, Vaultbox vaultbox, DateTimeOffset now)
    {
        var name = request.Name.IsGiven ? NameOf(request.Name.Value, vaultbox.Address) : vaultbox.Name;
        var limits = request.Limits.IsGiven ? request.Limits.Value ?? new VaultboxLimits() : null;
        var fault = name.Problem ?? limits?.Fault()
            ?? Unknown(request.Status, "status", VaultboxStatus.All)
            ?? Unknown(request.HeaderPolicy, "header_policy", HeaderPolicyNames.All)
            ?? Unknown(request.Cipher, "cipher", VaultboxCiphers.All)
            ?? Unknown(request.EncryptedMail, "encrypted_mail", EncryptedMailPolicies.All)
            ?? Unknown(request.MetadataPolicy, "metadata_policy", MetadataPolicies.All);
        if (fault is not null)
            return fault;
        if (Differs(request.Status, vaultbox.Status))
            (vaultbox.Status, vaultbox.StatusChangedAt) = (request.Status.Value!, now);
        vaultbox.Name = name.Value!;
        vaultbox.HeaderPolicy = request.HeaderPolicy.IsGiven ? request.HeaderPolicy.Value! : vaultbox.HeaderPolicy;
        vaultbox.Cipher = request.Cipher.IsGiven ? request.Cipher.Value! : vaultbox.Cipher;
        vaultbox.EncryptedMail = request.EncryptedMail.IsGiven ? request.EncryptedMail.Value! : vaultbox.EncryptedMail;
        vaultbox.MetadataPolicy = request.MetadataPolicy.IsGiven ? request.MetadataPolicy.Value! : vaultbox.MetadataPolicy;
        vaultbox.Limits = limits?.ToJson() ?? vaultbox.Limits;
        vaultbox.UpdatedAt = now;
        return null;
    }

    /// <summary>One line of at most 100 characters.</summary>
    internal static VaultResult<string> NameOf(string? text, string address)
    {
        var name = string.IsNullOrWhiteSpace(text) ? address : text.Trim();
        if (name.Length > CreateVaultbox.MaxNameLength)
            return VaultProblem.Invalid("name_too_long", $"A name may have {CreateVaultbox.MaxNameLength} characters; this has {name.Length}.");
        return name.Any(char.IsControl) ? VaultProblem.Invalid("name_malformed", "A name is one line of text.") : name;
    }

    private static bool Differs(Change<string> change, string present) => change.IsGiven && !string.Equals(change.Value, present, StringComparison.Ordinal);

    private static VaultProblem? Unknown(Change<string> change, string what, IReadOnlyList<string> known) =>
        !change.IsGiven || known.Contains(change.Value, StringComparer.Ordinal)
            ? null
            : VaultProblem.Invalid($"{what}_unknown", $"“{change.Value}” is not known here. Use one of: {string.Join(", ", known)}.");
}
