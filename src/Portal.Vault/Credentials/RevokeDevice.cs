using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Credentials;

public sealed record RevokeDeviceRequest(VaultActor Actor, Guid VaultboxId, Guid DeviceId);

/// <summary>Ends a device for good: both its passwords, and the sessions that came by them. To revoke it again changes nothing.</summary>
public sealed class RevokeDevice(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    public async Task<VaultResult<DeviceView>> HandleAsync(RevokeDeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockedDevice.TakeAsync(context, request.Actor, request.VaultboxId, request.DeviceId, cancellationToken);
        if (locked is null)
            return VaultProblem.NotFound("device");
        var now = time.GetUtcNow();
        if (locked.Device.RevokedAt is not null)
            return locked.View(context, servers, now);
        locked.Revoke(context, now);
        return await locked.StoredAsync(
            context, servers, request.Actor.By, Acts.DeviceRevoked, new AuditDetail().Personal("label", locked.Device.Label, null), now, cancellationToken);
    }
}
