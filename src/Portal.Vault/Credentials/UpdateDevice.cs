using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Vault.Credentials;

/// <summary>A new value for something that may also be null; <c>default</c>: it stays as it is.</summary>
public readonly record struct Change<T>(T? Value, bool IsGiven)
{
    public static Change<T> To(T? value) => new(value, IsGiven: true);
}

/// <param name="Label">Null: it stays.</param>
/// <param name="AllowedNetworks">Null or empty inside: from anywhere.</param>
/// <param name="ExpiresAt">Null inside: it does not expire.</param>
public sealed record UpdateDeviceRequest(
    VaultActor Actor,
    Guid VaultboxId,
    Guid DeviceId,
    string? Label = null,
    Change<IReadOnlyCollection<string>> AllowedNetworks = default,
    Change<DateTimeOffset?> ExpiresAt = default)
{
    internal bool ChangesScope => AllowedNetworks.IsGiven || ExpiresAt.IsGiven;
}

/// <summary>Renames a device, or changes from where and until when it may sign in. The scope asks for a fresh proof of identity, the name does not.</summary>
public sealed class UpdateDevice(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    public async Task<VaultResult<DeviceView>> HandleAsync(UpdateDeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var locked = await LockedDevice.TakeAsync(context, request.Actor, request.VaultboxId, request.DeviceId, cancellationToken);
        if (locked is null || locked.Device.RevokedAt is not null)
            return VaultProblem.NotFound("device");
        var now = time.GetUtcNow();
        if (request.ChangesScope && !request.Actor.IsFresh(now))
            return VaultProblem.StepUpRequired;
        var (device, former) = (locked.Device, (locked.Device.Label, locked.Device.AllowedNetworks, locked.Device.ExpiresAt));
        if (Apply(request, device, now) is { } problem)
            return problem;
        var detail = new AuditDetail().Fact("expires", former.ExpiresAt, device.ExpiresAt)
            .Personal("label", former.Label, device.Label).Personal("networks", former.AllowedNetworks, device.AllowedNetworks);
        return await locked.StoredAsync(context, servers, request.Actor.By, Acts.DeviceChanged, detail, now, cancellationToken);
    }

    private static VaultProblem? Apply(UpdateDeviceRequest request, Device device, DateTimeOffset now)
    {
        var label = request.Label is null ? device.Label : DeviceScope.Label(request.Label);
        var networks = request.AllowedNetworks.IsGiven
            ? DeviceScope.Networks(request.AllowedNetworks.Value)
            : new VaultResult<System.Net.IPNetwork[]?>(device.AllowedNetworks, null);
        var expiry = request.ExpiresAt.IsGiven ? DeviceScope.Expiry(request.ExpiresAt.Value, now) : device.ExpiresAt;
        if ((label.Problem ?? networks.Problem ?? expiry.Problem) is { } problem)
            return problem;
        (device.Label, device.AllowedNetworks, device.ExpiresAt, device.UpdatedAt) = (label.Value!, networks.Value, expiry.Value, now);
        return null;
    }
}
