namespace Portal.Platform.Accounts.Links;

/// <summary>What a mailed one-time link is good for.</summary>
public enum AccountLinkKind
{
    /// <summary>An admin's invitation to make an account.</summary>
    Invite,

    /// <summary>Whoever signed up proves the address.</summary>
    VerifyEmail,

    /// <summary>A new password for an account. Opens no mail.</summary>
    ResetPassword,

    /// <summary>The account's new address proves itself.</summary>
    ChangeEmail,
}

/// <summary>A one-time link that was mailed. The database keeps the token's SHA-256 only.</summary>
public sealed class AccountLink
{
    public Guid Id { get; set; }

    public AccountLinkKind Kind { get; set; }

    /// <summary>SHA-256 of the token, 32 bytes.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The account that it is about; null for an invitation.</summary>
    public Guid? UserId { get; set; }

    /// <summary>Where it was sent, in the one spelling of addresses.</summary>
    public required string Email { get; set; }

    /// <summary>Of an invitation: the role that the new account gets.</summary>
    public Role? Role { get; set; }

    /// <summary>Of an invitation: the admin who made it; null for the operator.</summary>
    public Guid? CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
