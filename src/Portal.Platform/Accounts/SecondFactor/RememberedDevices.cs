using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor;

/// <param name="Token">For the browser's cookie; the database keeps its hash.</param>
public sealed record RememberedToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>The browsers that need not show the second factor: 256 random bits each, for 30 days.</summary>
internal static class RememberedDevices
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static RememberedToken RememberDevice(this PlatformContext context, Guid userId, string? userAgent, DateTimeOffset now)
    {
        var token = OneTimeToken.Create();
        context.RememberedDevices.Add(new RememberedDevice
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            TokenHash = OneTimeToken.Hash(token),
            UserAgent = OpenSession.Shorten(userAgent),
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + Lifetime,
        });
        return new RememberedToken(token, now + Lifetime);
    }

    /// <summary>Whether the token is one of this account's; says in the table that it was used.</summary>
    public static async Task<bool> RecogniseDeviceAsync(
        this PlatformContext context, Guid userId, string? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token))
            return false;
        var hash = OneTimeToken.Hash(token);
        return await context.RememberedDevices
            .Where(device => device.UserId == userId && device.TokenHash == hash && device.ExpiresAt > now)
            .ExecuteUpdateAsync(device => device.SetProperty(d => d.LastUsedAt, now), cancellationToken) == 1;
    }

    /// <summary>Every browser of the account shows its second factor again.</summary>
    public static Task<int> ForgetDevicesAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        context.RememberedDevices.Where(device => device.UserId == userId).ExecuteDeleteAsync(cancellationToken);
}
