using System.Net;
using Portal.Passwords;

namespace Portal.Platform.MotorBlocks;

/// <summary>A plain SMTP sender: one credential that may send for one verified domain.</summary>
public sealed class MotorBlock
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    /// <summary>What its owner calls it.</summary>
    public string Label { get; set; } = MotorBlockConfiguration.DefaultLabel;

    /// <summary>Lower case; unique over all motor blocks; never of the shape of a device's or of an address.</summary>
    public required string Username { get; set; }

    /// <summary>bcrypt, cost 10, of a generated password; <see cref="CredentialHash.None"/> once it is revoked.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Tells the uses of this password from those of the one before.</summary>
    public Guid PasswordId { get; set; }

    /// <summary>The password's first group in clear: it tells which hash to check.</summary>
    public string? Selector { get; set; }

    /// <summary>bcrypt of the password before; null when it no longer counts.</summary>
    public string? PreviousPasswordHash { get; set; }

    public Guid? PreviousPasswordId { get; set; }

    public string? PreviousSelector { get; set; }

    /// <summary>Until when the password before is good.</summary>
    public DateTimeOffset? PreviousValidUntil { get; set; }

    /// <summary>False: paused.</summary>
    public bool SmtpEnabled { get; set; } = true;

    /// <summary>Messages in any 60 minutes.</summary>
    public int RateLimitPerHour { get; set; } = MotorBlockConfiguration.DefaultRateLimit;

    /// <summary>The domain that it sends for, in lower-case A-labels.</summary>
    public string? Domain { get; set; }

    /// <summary>Networks that it may sign in from; null: anywhere.</summary>
    public IPNetwork[]? AllowedNetworks { get; set; }

    /// <summary>Null: it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When the password changed last.</summary>
    public DateTimeOffset? RotatedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The last sign-in, a few seconds late: uses are noted in batches.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public IPAddress? LastUsedIp { get; set; }

    /// <summary>What the client called itself.</summary>
    public string? LastUsedClient { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
