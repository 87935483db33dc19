using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

/// <param name="PausesMail">The owner knows that mail waits at its senders without this key.</param>
public sealed record RetireCertificateRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId, bool PausesMail = false);

/// <summary>From now on no mail is sealed to this key; what was sealed to it before it still opens. To retire it again changes nothing.</summary>
public sealed class RetireCertificate(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    /// <summary>The refusal that <see cref="RetireCertificateRequest.PausesMail"/> overrides.</summary>
    public const string LastKey = "last_key";

    public async Task<VaultResult<CertificateView>> HandleAsync(RetireCertificateRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var key = await LockedKey.TakeAsync(context, request.Actor, request.VaultboxId, request.CertificateId, cancellationToken);
        if (key is null)
            return VaultProblem.NotFound("key");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (key.Row.Status == CertificateStatus.Retired)
            return CertificateView.FromRow(key.Row);
        if (!request.PausesMail && key.IsLastInUse(now))
            return VaultProblem.Conflict(LastKey, "No other key takes new mail. If this one is retired, mail waits at its senders until there is another. Add one first, or retire it knowing that.");

        (key.Row.Status, key.Row.RetiredAt) = (CertificateStatus.Retired, now);
        context.NotifyKey(key.Vaultbox, key.Row, NoticeKinds.KeyRetired, now);
        context.AuditKey(request.Actor, Acts.KeyRetired, key.Row, now);
        return await key.StoredAsync(context, cancellationToken);
    }
}
