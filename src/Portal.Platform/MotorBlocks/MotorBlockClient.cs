using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.MotorBlocks;

/// <summary>A client that signed in, from one network with one password.</summary>
/// <param name="Client">What it called itself; empty when it did not.</param>
/// <param name="Network">IPv4 /24, IPv6 /48.</param>
/// <param name="Uses">Sign-ins.</param>
/// <param name="IsCurrentPassword">False: an older password.</param>
public sealed record MotorBlockClient(
    string Client, string Network, IPAddress? LastIp, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Uses, bool IsCurrentPassword);

internal static class MotorBlockClients
{
    /// <summary>Uses older than this are history.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    /// <returns>The latest first.</returns>
    public static Task<List<MotorBlockClient>> ListClientsAsync(
        this IQueryable<MotorBlockUse> uses, Guid currentPassword, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Shown;
        return uses.AsNoTracking().Where(use => use.LastAt >= since)
            .OrderByDescending(use => use.LastAt).ThenBy(use => use.ClientName).ThenBy(use => use.FirstAt)
            .Select(use => new MotorBlockClient(
                use.ClientName, use.Network.ToString(), use.LastIp, use.FirstAt, use.LastAt, use.Uses, use.PasswordId == currentPassword))
            .ToListAsync(cancellationToken);
    }
}
