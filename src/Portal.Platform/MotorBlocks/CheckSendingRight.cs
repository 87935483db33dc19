using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;
using Portal.Platform.Domains;

namespace Portal.Platform.MotorBlocks;

public enum SendingRightStatus
{
    Granted,

    /// <summary>Revoked, paused or expired, or its account does not stand.</summary>
    Ended,

    DomainNotVerified,
    LimitReached,
}

/// <param name="Domain">What it may send for.</param>
/// <param name="LimitPerHour">Messages in any 60 minutes.</param>
/// <param name="Used">Messages of the last 60 minutes.</param>
/// <param name="FreeAt">When one more can be sent, where the limit is reached.</param>
public sealed record SendingRight(SendingRightStatus Status, string? Domain, int LimitPerHour, int Used, DateTimeOffset? FreeAt);

/// <summary>
/// Whether a motor block that has signed in may send now. It counts nothing: <see cref="TakeSendingAllowance"/> does. For the submission
/// server, which names the block that proved itself.
/// </summary>
public sealed class CheckSendingRight(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<SendingRight> HandleAsync(Guid motorBlockId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = SendingWindow.Since(now);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.MotorBlocks.AsNoTracking().Where(block => block.Id == motorBlockId)
            .Select(block => new
            {
                block.Domain,
                block.RateLimitPerHour,
                IsLive = block.RevokedAt == null && block.SmtpEnabled && (block.ExpiresAt == null || block.ExpiresAt > now)
                    && context.Users.Any(user => user.Id == block.UserId && user.Status == AccountStatus.Active),
                IsVerified = context.Domains.Any(
                    d => d.UserId == block.UserId && d.Name == block.Domain && d.VerificationStatus == VerificationStatus.Verified),
                Minutes = context.MotorBlockMinutes.Where(minute => minute.MotorBlockId == block.Id && minute.Minute >= since).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return new SendingRight(SendingRightStatus.Ended, null, 0, 0, null);
        var window = SendingWindow.Of(found.Minutes, found.RateLimitPerHour);
        var status = found switch
        {
            { IsLive: false } => SendingRightStatus.Ended,
            { IsVerified: false } => SendingRightStatus.DomainNotVerified,
            _ when window.Used >= found.RateLimitPerHour => SendingRightStatus.LimitReached,
            _ => SendingRightStatus.Granted,
        };
        return new SendingRight(status, found.Domain, found.RateLimitPerHour, window.Used, window.FreeAt);
    }
}
