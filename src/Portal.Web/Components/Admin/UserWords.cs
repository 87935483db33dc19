using Portal.Platform.Accounts;

namespace Portal.Web.Components.Admin;

/// <summary>What roles and states of accounts are called, in lists and forms alike.</summary>
internal static class UserWords
{
    public static string Role(Role role) => role switch
    {
        Platform.Accounts.Role.Admin => "Administrator",
        Platform.Accounts.Role.Support => "Support",
        _ => "User",
    };

    public static (string Kind, string Symbol, string Text) State(AccountStatus status, DateTimeOffset? deletionDueAt) => (status, deletionDueAt) switch
    {
        (AccountStatus.Suspended, _) => ("error", "lock", "Suspended"),
        (AccountStatus.Deleted, _) => ("neutral", "trash-2", "Deleted"),
        (_, not null) => ("warn", "calendar-clock", "Asked to be deleted"),
        _ => ("ok", "circle-check", "Active"),
    };
}
