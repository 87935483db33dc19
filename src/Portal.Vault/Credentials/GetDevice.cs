using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

public sealed record GetDeviceRequest(VaultActor Actor, Guid VaultboxId, Guid DeviceId);

/// <summary>Sign-ins by one client from one network with one password.</summary>
/// <param name="ClientName">What it called itself; empty when it did not.</param>
/// <param name="Network">/24 of IPv4, /48 of IPv6.</param>
/// <param name="Protocol">smtp or imap.</param>
/// <param name="IsCurrentPassword">False: it used a password from before a rotation.</param>
public sealed record DeviceUseView(
    string ClientName, string Network, IPAddress LastIp, string Protocol, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Uses, bool IsCurrentPassword);

/// <param name="Uses">Of the last 30 days, the latest first.</param>
public sealed record DeviceDetail(DeviceView Device, IReadOnlyList<DeviceUseView> Uses);

public sealed class GetDevice(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    /// <summary>How far back uses are told.</summary>
    internal static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    public async Task<VaultResult<DeviceDetail>> HandleAsync(GetDeviceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.OwnDevices(request.Actor, request.VaultboxId).Where(d => d.Id == request.DeviceId)
            .WithProtocols(context).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return VaultProblem.NotFound("device");
        var now = time.GetUtcNow();
        var since = now - Recent;
        var uses = await context.DeviceUses.Where(u => u.DeviceId == request.DeviceId && u.LastAt > since)
            .OrderByDescending(u => u.LastAt).ToListAsync(cancellationToken);
        return new DeviceDetail(
            row.View(servers, now),
            uses.ConvertAll(u => new DeviceUseView(
                u.ClientName, $"{u.Network}", u.LastIp, u.Protocol, u.FirstAt, u.LastAt, u.Uses, u.PasswordId == row.Device.PasswordId)));
    }
}
