using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>What admins do to an account.</summary>
internal static partial class AccountMails
{
    public static SystemMailContent RoleChanged(string email, Role before, Role after) => new(
        "role-changed", email, "Your Vaultbox account has another role",
        [
            $"An admin changed the role of your Vaultbox account from {before} to {after}. It counts at once.",
            "If you did not expect this, ask whoever runs this portal.",
        ],
        null, NoticeLife);

    public static SystemMailContent Suspended(string email) => new(
        "account-suspended", email, "Your Vaultbox account was suspended",
        [
            "An admin suspended your Vaultbox account. You are signed out everywhere and cannot sign in. Mail that comes in is still sealed and kept.",
            "Ask whoever runs this portal why, and how to have it restored.",
        ],
        null, NoticeLife);

    public static SystemMailContent Restored(string email) => new(
        "account-restored", email, "Your Vaultbox account was restored",
        ["An admin restored your Vaultbox account. You can sign in again, and your API tokens work again."],
        new SystemMailAction("Sign in", "/account/sign-in"), NoticeLife);
}
