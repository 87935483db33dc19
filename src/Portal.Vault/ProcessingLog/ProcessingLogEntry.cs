using System.Net;

namespace Portal.Vault.ProcessingLog;

/// <summary>One event of a message's way. No subject, no content, ever.</summary>
public sealed class ProcessingLogEntry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Joins all events of one message; for events before a message exists, of one attempt.</summary>
    public required Guid PassportId { get; init; }

    public Guid? VaultboxId { get; init; }

    public Guid? UserId { get; init; }

    /// <summary><see cref="LogStages"/>.</summary>
    public required string Stage { get; init; }

    /// <summary><see cref="LogOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>SMTP reply code, such as 250.</summary>
    public int? SmtpCode { get; init; }

    /// <summary>Enhanced status code (RFC 3463), such as 5.1.1.</summary>
    public string? EnhancedCode { get; init; }

    public string? Reason { get; init; }

    public IPAddress? PeerIp { get; init; }

    public string? PeerName { get; init; }

    /// <summary>TLS version, null when the session was in clear.</summary>
    public string? Tls { get; init; }

    public string? AuthenticatedAs { get; init; }

    public long? SizeBytes { get; init; }

    /// <summary>Envelope sender by the vaultbox's metadata policy, lower-case (<see cref="LogText.Address"/>).</summary>
    public string? Sender { get; init; }

    /// <summary>Lower-case (<see cref="LogText.Address"/>).</summary>
    public string? Recipient { get; init; }

    /// <summary>Of <see cref="Sender"/>, lower-case; the database writes it.</summary>
    public string? SenderDomain { get; private set; }

    /// <summary>Of <see cref="Recipient"/>, lower-case; the database writes it.</summary>
    public string? RecipientDomain { get; private set; }

    /// <summary>The same for every try of one sender at one recipient (<see cref="Intake.DeliveryDigest.OfAttempt"/>), 16 bytes; null where no try is meant.</summary>
    public byte[]? AttemptDigest { get; init; }

    /// <summary>Lower-case hex SHA-256 of the certificates sealed to.</summary>
    public string[]? CertificateFingerprints { get; init; }

    public string? Cipher { get; init; }

    public double? DurationMs { get; init; }

    /// <summary>Which instance wrote the row.</summary>
    public required string Instance { get; init; }
}

public static class LogStages
{
    public const string Refused = "refused";
    public const string Deferred = "deferred";
    public const string Accepted = "accepted";
    public const string Sealed = "sealed";
    public const string Stored = "stored";
    public const string Duplicate = "duplicate";

    /// <summary>A vaultbox was destroyed with its mail; the reason counts it.</summary>
    public const string Purged = "purged";

    /// <summary>What this installation writes, in the order of a message's way.</summary>
    public static readonly IReadOnlyList<string> All = [Refused, Deferred, Accepted, Sealed, Stored, Duplicate, Purged];
}

public static class LogOutcomes
{
    public const string Ok = "ok";
    public const string Deferred = "deferred";
    public const string Refused = "refused";

    public static readonly IReadOnlyList<string> All = [Ok, Deferred, Refused];
}
