using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Platform.Domains;

namespace Portal.Platform.MotorBlocks;

/// <summary>Whether a motor block can sign in.</summary>
public enum MotorBlockState
{
    Active,
    Paused,
    Expired,
}

/// <summary>A motor block as its owner sees it.</summary>
/// <param name="IsPaused">Also of one that has expired.</param>
/// <param name="DomainIsVerified">False: it can sign in, but nothing that it sends is taken.</param>
/// <param name="RateLimitPerHour">Messages in any 60 minutes.</param>
/// <param name="UsedLastHour">Messages of the last 60 minutes.</param>
/// <param name="AllowedNetworks">Empty: anywhere.</param>
/// <param name="RotatedAt">When the password changed last.</param>
/// <param name="PreviousValidUntil">Until when the password before is good too; null: it is not.</param>
public sealed record MotorBlockView(
    Guid Id, string Label, string Username, MotorBlockState State, bool IsPaused, string? Domain, bool DomainIsVerified, int RateLimitPerHour,
    int UsedLastHour, IReadOnlyList<string> AllowedNetworks, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt,
    DateTimeOffset? PreviousValidUntil, DateTimeOffset? LastUsedAt, IPAddress? LastUsedIp, string? LastUsedClient);

internal static class MotorBlockViews
{
    public static IQueryable<MotorBlockView> Viewed(this PlatformContext context, IQueryable<MotorBlock> blocks, DateTimeOffset now)
    {
        var since = SendingWindow.Since(now);
        return blocks.AsNoTracking().Select(block => new MotorBlockView(
            block.Id,
            block.Label,
            block.Username,
            StateOf(block.SmtpEnabled, block.ExpiresAt, now),
            !block.SmtpEnabled,
            block.Domain,
            context.Domains.Any(d => d.UserId == block.UserId && d.Name == block.Domain && d.VerificationStatus == VerificationStatus.Verified),
            block.RateLimitPerHour,
            context.MotorBlockMinutes.Where(m => m.MotorBlockId == block.Id && m.Minute >= since).Sum(m => m.Messages),
            Texts(block.AllowedNetworks),
            block.ExpiresAt,
            block.CreatedAt,
            block.RotatedAt,
            block.PreviousValidUntil > now ? block.PreviousValidUntil : null,
            block.LastUsedAt,
            block.LastUsedIp,
            block.LastUsedClient));
    }

    public static Task<MotorBlockView> ViewAsync(this PlatformContext context, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Viewed(context.MotorBlocks.Where(block => block.Id == id), now).SingleAsync(cancellationToken);

    public static IReadOnlyList<string> Texts(IPNetwork[]? networks) => networks is null ? [] : [.. networks.Select(network => network.ToString())];

    private static MotorBlockState StateOf(bool isEnabled, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (expiresAt <= now)
            return MotorBlockState.Expired;
        return isEnabled ? MotorBlockState.Active : MotorBlockState.Paused;
    }
}
