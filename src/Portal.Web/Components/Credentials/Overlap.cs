using Portal.Passwords;

namespace Portal.Web.Components.Credentials;

/// <summary>When the old password is to stop: so long from the moment of rotation, or at a chosen time.</summary>
public sealed record Overlap(TimeSpan? For, DateTimeOffset? Until)
{
    internal static readonly Overlap Usual = new(PasswordPair.DefaultOverlap, null);

    internal static readonly (string Text, Overlap Value)[] Common =
    [
        ("Now", new(TimeSpan.Zero, null)), ("1 hour", new(TimeSpan.FromHours(1), null)), ("24 hours", Usual), ("7 days", new(TimeSpan.FromDays(7), null)),
    ];

    internal bool IsNow => For == TimeSpan.Zero;

    internal DateTimeOffset EndsAt(DateTimeOffset now) => Until ?? now + For.GetValueOrDefault();

    /// <returns>Null for a time that is past, or further off than an overlap may be.</returns>
    internal int? MinutesFrom(DateTimeOffset now)
    {
        var ahead = EndsAt(now) - now;
        if (ahead < TimeSpan.Zero || ahead > PasswordPair.LongestOverlap)
            return null;
        return (int)Math.Ceiling(ahead.TotalMinutes);
    }
}
