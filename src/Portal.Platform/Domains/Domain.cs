namespace Portal.Platform.Domains;

/// <summary>State of the proof that a domain is its owner's.</summary>
public enum VerificationStatus
{
    Pending,
    Verified,
    Failed,
}

/// <summary>A mail domain of an account. Many may claim one; at most one claim is verified.</summary>
public sealed class Domain
{
    public Guid Id { get; set; }

    /// <summary>The owner.</summary>
    public Guid UserId { get; set; }

    /// <summary>Lower-case A-labels (RFC 5890), without the final dot. Column <c>domain</c>.</summary>
    public required string Name { get; set; }

    public VerificationStatus VerificationStatus { get; set; }

    public string? DkimPublicKey { get; set; }

    /// <summary>Usable by every account, not only by the owner, once verified.</summary>
    public bool Shared { get; set; }

    /// <summary>When an admin vouched for it; null otherwise.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Why the admin did, for other admins and the owner.</summary>
    public string? VerifiedReason { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
