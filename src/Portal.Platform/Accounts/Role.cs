namespace Portal.Platform.Accounts;

/// <summary>What an account may do at most. Stored in lower case in <c>users.role</c>.</summary>
public enum Role
{
    User,
    Support,
    Admin,
}
