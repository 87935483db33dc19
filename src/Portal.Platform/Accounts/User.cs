using Microsoft.AspNetCore.Identity;

namespace Portal.Platform.Accounts;

/// <summary>
/// An account: ASP.NET Core Identity's user on the table <c>users</c>. The e-mail address, in lower case, is the only name;
/// Identity's separate user name, its normalised copies and its phone number have no column.
/// </summary>
public sealed class User : IdentityUser<Guid>
{
    public Role Role { get; set; }

    public AccountStatus Status { get; set; }

    /// <summary>Why an admin suspended it; shown to admins.</summary>
    public string? SuspendedReason { get; set; }

    /// <summary>
    /// Whether the password has the length that it needs to stand alone. One that is shorter was set beside a second factor, and the
    /// last second factor cannot be given up while it stands.
    /// </summary>
    public bool PasswordStandsAlone { get; set; } = true;

    /// <summary>Asks to be deleted at this time; null: stays. Until then everything works and it can be taken back.</summary>
    public DateTimeOffset? DeletionDueAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    internal static User Create(string email, Role role, string passwordHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Email = email,
        EmailConfirmed = true,
        Role = role,
        PasswordHash = passwordHash,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        LockoutEnabled = true,
        CreatedAt = now,
        UpdatedAt = now,
    };
}
