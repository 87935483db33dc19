using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Credentials;

/// <param name="Protocol">smtp or imap.</param>
public sealed record RemoveProtocolRequest(VaultActor Actor, Guid VaultboxId, Guid DeviceId, string Protocol);

/// <summary>Takes SMTP or IMAP off a device; the other one goes on with the same password. A device that has no other is revoked.</summary>
public sealed class RemoveProtocol(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    public async Task<VaultResult<DeviceView>> HandleAsync(RemoveProtocolRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockedDevice.TakeAsync(context, request.Actor, request.VaultboxId, request.DeviceId, cancellationToken);
        if (locked is null || locked.Device.RevokedAt is not null || !locked.Has(request.Protocol))
            return VaultProblem.NotFound("credential");
        var now = time.GetUtcNow();
        if (locked.Smtp is null || !locked.HasImap)
            locked.Revoke(context, now);
        else if (string.Equals(request.Protocol, DeviceProtocols.Smtp, StringComparison.Ordinal))
            locked.EndSmtp(context);
        else
            locked.EndImap(now);
        locked.Device.UpdatedAt = now;
        return await locked.StoredAsync(
            context, servers, request.Actor.By, Acts.DeviceProtocolRemoved, new AuditDetail().Fact("protocol", request.Protocol, null), now, cancellationToken);
    }
}
