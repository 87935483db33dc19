using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

public sealed record DeleteCertificateRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId);

/// <summary>
/// Destroys a mail key: its certificate and, if it was made here, its locked private part. Refused while some message opens with nothing
/// else, and while new mail is sealed to nothing else.
/// </summary>
public sealed class DeleteCertificate(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const string OpensAlone = "key_opens_alone";

    public const string OthersUnproven = "other_keys_unproven";

    /// <summary>Before the act and after it, the same words.</summary>
    public const string LastKeyText = "New mail is sealed to this key only. Add another key first.";

    /// <returns>What was deleted.</returns>
    public async Task<VaultResult<CertificateView>> HandleAsync(DeleteCertificateRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Mail that is being stored comes first, and is counted; what comes later is told that the key is gone. See MessageStore.
        await context.Database.ExecuteSqlAsync(
            $"""
             SELECT FROM mailboxes m WHERE m.vaultbox_id = {request.VaultboxId}
                 AND EXISTS (SELECT FROM vaultboxes v WHERE v.id = m.vaultbox_id AND v.user_id = {request.Actor.UserId}) ORDER BY m.id FOR UPDATE OF m
             """,
            cancellationToken);
        var key = await LockedKey.TakeAsync(context, request.Actor, request.VaultboxId, request.CertificateId, cancellationToken);
        if (key is null)
            return VaultProblem.NotFound("key");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (await ProblemAsync(context, key, now, cancellationToken) is { } problem)
            return problem;

        var deleted = CertificateView.FromRow(key.Row);
        await context.Certificates
            .Where(c => c.VaultboxId == request.VaultboxId && c.FingerprintSha256 == key.Row.FingerprintSha256 && c.Purpose == KeyPurposes.Mail)
            .ExecuteDeleteAsync(cancellationToken);
        context.NotifyKey(key.Vaultbox, key.Row, NoticeKinds.KeyDeleted, now);
        context.AuditKey(request.Actor, Acts.KeyDeleted, key.Row, now);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    private static async Task<VaultProblem?> ProblemAsync(VaultContext context, LockedKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (key.IsLastInUse(now))
            return VaultProblem.Conflict(RetireCertificate.LastKey, LastKeyText);
        // Mail that is on its way now is sealed to every active key: what it is sealed to besides this one is there already.
        var usable = await SealedGroups.UsableKeysAsync(context, key.Vaultbox.Id, cancellationToken);
        var groups = await SealedGroups.ReadAsync(context, key.Vaultbox.Id, cancellationToken);
        var fingerprint = Convert.ToHexStringLower(key.Row.FingerprintSha256);
        // Of what nobody knows what it was sealed to, this may be the only key.
        var alone = SealedGroups.OpenWithOnly(groups, usable, fingerprint) + groups.Where(g => g.SealedTo.Count == 0).Sum(g => g.Messages);
        if (alone > 0)
            return VaultProblem.Conflict(OpensAlone, OpensAloneText(alone));
        // The private part of an uploaded key is its owner's, and stays; that of a key made here is destroyed.
        if (key.Row.BindingKind != BindingKinds.Owner)
            return null;
        var proven = await SealedGroups.ProvenKeysAsync(context, key.Vaultbox.Id, cancellationToken);
        proven.Add(fingerprint);
        var unsure = SealedGroups.OpenWithOnly(groups, proven, fingerprint);
        return unsure == 0 ? null : VaultProblem.Conflict(OthersUnproven, OthersUnprovenText(unsure));
    }

    private static string OthersUnprovenText(long messages) => messages == 1
        ? "1 message opens besides with uploaded keys alone, and none of them is proven. Prove one of them first."
        : $"{messages.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} messages open besides with uploaded keys alone, and none of them is proven. Prove one of them first.";

    /// <summary>Before the act and after it, the same words.</summary>
    public static string OpensAloneText(long messages) => messages == 1
        ? "1 message opens with this key only. Add another key to it first."
        : $"{messages.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} messages open with this key only. Add another key to them first.";
}
