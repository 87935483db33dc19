using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <param name="OverlapMinutes">How long the present password works beside the new one: 0 to 43,200 (30 days); null: 1,440 (a day).</param>
/// <param name="Protocol">The device must have it: smtp or imap; null: whatever it has.</param>
public sealed record RotateDeviceRequest(VaultActor Actor, Guid VaultboxId, Guid DeviceId, int? OverlapMinutes = null, string? Protocol = null);

/// <param name="PreviousValidUntil">When the password before ends; null: it has ended.</param>
/// <param name="ClientsOnPrevious">Clients that used it in the last 30 days: each is to be given the new one.</param>
public sealed record RotatedDevice(DeviceView Device, GeneratedPassword Password, DateTimeOffset? PreviousValidUntil, int ClientsOnPrevious);

/// <summary>Gives a device a new password, which is told this once. The one before works on for the overlap; any older one ends now.</summary>
public sealed class RotateDevice(IDbContextFactory<VaultContext> contexts, CredentialHasher hasher, MailServerNames servers, TimeProvider time)
{
    private static readonly VaultProblem OverlapOutOfRange = VaultProblem.Invalid(
        "overlap_out_of_range", $"“overlapMinutes” must be from 0 to {(int)PasswordPair.LongestOverlap.TotalMinutes} (30 days).");

    public async Task<VaultResult<RotatedDevice>> HandleAsync(RotateDeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        if (!await ExistsAsync(request, cancellationToken))
            return VaultProblem.NotFound("device");
        var now = time.GetUtcNow();
        if (!request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        var overlap = request.OverlapMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : PasswordPair.DefaultOverlap;
        if (overlap < TimeSpan.Zero || overlap > PasswordPair.LongestOverlap)
            return OverlapOutOfRange;
        return await hasher.StoreNewAsync((password, hash) => StoreAsync(request, overlap, password, hash, now, cancellationToken), cancellationToken);
    }

    private async Task<bool> ExistsAsync(RotateDeviceRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OwnDevices(request.Actor, request.VaultboxId).With(context, request.Protocol)
            .AnyAsync(d => d.Id == request.DeviceId && d.RevokedAt == null, cancellationToken);
    }

    private async Task<VaultResult<RotatedDevice>?> StoreAsync(
        RotateDeviceRequest request, TimeSpan overlap, GeneratedPassword password, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockedDevice.TakeAsync(context, request.Actor, request.VaultboxId, request.DeviceId, cancellationToken);
        if (locked is null || locked.Device.RevokedAt is not null)
            return VaultProblem.NotFound("device");
        if (await context.IsSelectorTakenAsync(request.Actor.UserId, locked.Device.VaultboxId ?? request.VaultboxId, password.Selector, cancellationToken))
            return null;
        var clients = await ClientsAsync(context, locked.Device, now, cancellationToken);
        locked.Take(locked.Passwords.Rotate(password.Selector, hash, now, overlap), now);
        var view = await locked.StoredAsync(
            context, servers, request.Actor.By, Acts.DeviceRotated, new AuditDetail().Fact("overlap_minutes", overlap.TotalMinutes), now, cancellationToken);
        return new RotatedDevice(view, password, view.PreviousValidUntil, clients);
    }

    /// <summary>The same program on the same network counts once, whatever it does there.</summary>
    private static Task<int> ClientsAsync(VaultContext context, Device device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - GetDevice.Recent;
        return context.DeviceUses.Where(u => u.DeviceId == device.Id && u.PasswordId == device.PasswordId && u.LastAt > since)
            .Select(u => new { u.ClientName, u.Network }).Distinct().CountAsync(cancellationToken);
    }
}
