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

    public static SystemMailContent DomainVerified(string email, string domain, string reason) => new(
        "domain-verified", email, $"{domain} is yours here",
        [$"An admin marked the domain {domain} as proved to be yours. You can make addresses in it now.", $"The reason that was given: {reason}"],
        new SystemMailAction("Make a vaultbox", "/vaultboxes/new"), NoticeLife);

    public static SystemMailContent DomainShared(string email, string domain, bool isShared) => new(
        "domain-shared", email, isShared ? $"{domain} is shared now" : $"{domain} is no longer shared",
        [
            isShared
                ? $"An admin opened your domain {domain} to every account of this portal: others can make addresses in it too."
                : $"An admin closed your domain {domain} to other accounts of this portal. Addresses that they made in it stay.",
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

    public static SystemMailContent SecondFactorReset(string email, string reason, bool needsNewPassword) => new(
        "second-factor-reset", email, "An admin reset your second factor",
        [
            "An admin removed the second factor of your Vaultbox account: authenticator app, passkeys and recovery codes. You are signed out everywhere.",
            $"The reason that was given: {reason}",
            needsNewPassword
                ? "Your password was too short to stand alone and works no longer. Set a new one of at least 15 characters."
                : "Your password signs you in now. Add a second factor again on the page Security.",
            "If you did not ask for it, tell whoever runs this portal at once. Nobody can read your mail by it: your mail opens with your keys alone.",
        ],
        needsNewPassword ? new SystemMailAction("Set a new password", ForgotPath) : new SystemMailAction("Sign in", "/account/sign-in"), NoticeLife);

    public static SystemMailContent Restored(string email) => new(
        "account-restored", email, "Your Vaultbox account was restored",
        ["An admin restored your Vaultbox account. You can sign in again, and your API tokens work again."],
        new SystemMailAction("Sign in", "/account/sign-in"), NoticeLife);
}
