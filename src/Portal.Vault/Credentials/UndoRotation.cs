using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Credentials;

public sealed record UndoRotationRequest(VaultActor Actor, Guid VaultboxId, Guid DeviceId);

/// <summary>While the password before still works, makes it the only one again: the new one ends at once.</summary>
public sealed class UndoRotation(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    private static readonly VaultProblem NothingToUndo = VaultProblem.Conflict(
        "nothing_to_undo", "The password before the present one does not work any more, so there is no way back to it. Rotate again if the new one is lost.");

    public async Task<VaultResult<DeviceView>> HandleAsync(UndoRotationRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockedDevice.TakeAsync(context, request.Actor, request.VaultboxId, request.DeviceId, cancellationToken);
        if (locked is null || locked.Device.RevokedAt is not null)
            return VaultProblem.NotFound("device");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        if (locked.Passwords.Undo(now) is not { } former)
            return NothingToUndo;
        locked.Take(former, now);
        return await locked.StoredAsync(
            context, servers, request.Actor.By, Acts.DeviceRotationUndone, null, now, cancellationToken);
    }
}
