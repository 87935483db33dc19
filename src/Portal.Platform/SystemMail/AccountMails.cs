using System.Globalization;

namespace Portal.Platform.SystemMail;

/// <summary>
/// Every message that the portal writes about an account, one method each. Plain sentences: what happened, then what to do. Subjects
/// are bland, since they stand in clear on other people's servers.
/// </summary>
internal static partial class AccountMails
{
    /// <summary>A notice is worth sending for this long.</summary>
    private static readonly TimeSpan NoticeLife = TimeSpan.FromDays(3);

    public static SystemMailContent PasskeyAdded(string email, string name) => new(
        "passkey-added", email, "A passkey was added to your Vaultbox account",
        [
            $"A passkey was added to your Vaultbox account. It is called “{name}”. Whoever holds it can sign in without the password.",
            "If it was not you, sign in, remove it, and end the sessions that you do not know.",
        ],
        new SystemMailAction("Look at the passkeys", "/account/security"), NoticeLife);

    public static SystemMailContent PasskeyRemoved(string email, string name) => new(
        "passkey-removed", email, "A passkey was removed from your Vaultbox account",
        [
            $"The passkey “{name}” was removed from your Vaultbox account. It does not sign in any more.",
            "If it was not you, sign in, change the password, and end the sessions that you do not know.",
        ],
        new SystemMailAction("Look at the passkeys", "/account/security"), NoticeLife);

    public static SystemMailContent DeletionRequested(string email, DateTimeOffset due) => new(
        "deletion-requested", email, "Your Vaultbox account will be deleted",
        [
            $"Somebody who is signed in to your Vaultbox account asked for its deletion. On {Day(due)} the account, its vaultboxes, their keys and all mail in them are destroyed. Nobody can bring them back after that.",
            "Until then everything works as before, and mail keeps coming in.",
            "If it was not you, or you have changed your mind, sign in and keep the account. If it was not you, change your password too.",
        ],
        new SystemMailAction("Keep the account", "/account/data"), NoticeLife);

    public static SystemMailContent DeletionCancelled(string email) => new(
        "deletion-cancelled", email, "Your Vaultbox account stays",
        [
            "The deletion of your Vaultbox account was called off. Nothing was destroyed.",
            "If it was not you who kept it, sign in and look at your sessions.",
        ],
        new SystemMailAction("Look at the account", "/account/data"), NoticeLife);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
