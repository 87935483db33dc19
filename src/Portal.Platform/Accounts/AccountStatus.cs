namespace Portal.Platform.Accounts;

/// <summary>State of an account. Only an active one signs in; deletion is a state until the purge.</summary>
public enum AccountStatus
{
    Active,
    Suspended,
    Deleted,
}
