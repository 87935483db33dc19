using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Smime;
using Portal.Vault.Notices;

namespace Portal.Vault.Certificates;

public sealed record ResumeCertificateRequest(VaultActor Actor, Guid VaultboxId, Guid CertificateId);

/// <summary>New mail is sealed to a retired key again. To resume one that was not retired changes nothing.</summary>
public sealed class ResumeCertificate(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public async Task<VaultResult<CertificateView>> HandleAsync(ResumeCertificateRequest request, CancellationToken cancellationToken)
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
        if (key.Row.Status == CertificateStatus.Active)
            return CertificateView.FromRow(key.Row);
        if (key.Row.NotAfter is { } end && end <= now - CertificatePolicy.Grace)
            return VaultProblem.Conflict(CertificateCodes.Expired, string.Create(CultureInfo.InvariantCulture, $"This certificate expired on {end.UtcDateTime:d MMMM yyyy}, so mail can no longer be sealed for it. It still opens what it opened before."));
        if (key.IsOfAnotherFamily)
            return VaultProblem.Conflict(CertificateCodes.SecondKeyFamily, $"New mail of this vaultbox is sealed to other keys than {key.Row.Algorithm.Split(' ')[0]} ones. Sealed to both kinds, some mail clients would open nothing. Stop using the others first.");

        (key.Row.Status, key.Row.RetiredAt) = (CertificateStatus.Active, null);
        context.NotifyKey(key.Vaultbox, key.Row, NoticeKinds.KeyResumed, now);
        context.AuditKey(request.Actor, Acts.KeyResumed, key.Row, now);
        return await key.StoredAsync(context, cancellationToken);
    }
}
