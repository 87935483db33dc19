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
