using Portal.Audit;

namespace Portal.Platform.MotorBlocks;

/// <summary>What the owner chooses of a motor block; nothing of its passwords.</summary>
internal sealed record MotorBlockTerms(string? Label, string? Domain, int RateLimit, bool IsEnabled, string? Networks, DateTimeOffset? ExpiresAt);

internal static class MotorBlockAudit
{
    public static MotorBlockTerms Terms(this MotorBlock block) => new(
        block.Label, block.Domain, block.RateLimitPerHour, block.SmtpEnabled,
        block.AllowedNetworks is { } networks ? string.Join(", ", networks) : null, block.ExpiresAt);

    /// <param name="former">Null: it is new.</param>
    public static AuditDetail AuditDetail(this MotorBlock block, MotorBlockTerms? former = null)
    {
        var now = block.Terms();
        return new AuditDetail()
            .Fact("rate_limit_per_hour", former?.RateLimit, now.RateLimit)
            .Fact("enabled", former?.IsEnabled, now.IsEnabled)
            .Fact("expires", former?.ExpiresAt, now.ExpiresAt)
            .Personal("label", former?.Label, now.Label)
            .Personal("domain", former?.Domain, now.Domain)
            .Personal("networks", former?.Networks, now.Networks);
    }
}
