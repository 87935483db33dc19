namespace Portal.Platform.MotorBlocks;

/// <summary>A plain SMTP sender: one credential that may send for one verified domain.</summary>
public sealed class MotorBlock
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>Lower case; unique over all motor blocks.</summary>
    public required string Username { get; set; }

    /// <summary>bcrypt, cost 10, of a generated password.</summary>
    public required string PasswordHash { get; set; }

    public bool SmtpEnabled { get; set; } = true;

    /// <summary>Messages per hour.</summary>
    public int RateLimitPerHour { get; set; } = 100;

    /// <summary>The domain that it sends for, in lower-case A-labels.</summary>
    public string? Domain { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
