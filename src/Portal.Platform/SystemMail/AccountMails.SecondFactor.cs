namespace Portal.Platform.SystemMail;

/// <summary>Notices of changes to what proves an account.</summary>
internal static partial class AccountMails
{
    private const string NotYou =
        "If this was not you, sign in, change your password and look through your sessions. Whoever did it could not read your mail: it opens with your keys alone.";

    public static SystemMailContent AuthenticatorAdded(string email) => Notice(
        "authenticator-added", email, "An authenticator app was added",
        "An authenticator app was added to your account. Signing in with your password now asks for its code too.");

    public static SystemMailContent AuthenticatorRemoved(string email) => Notice(
        "authenticator-removed", email, "The authenticator app was removed",
        "The authenticator app was removed from your account. Browsers that you had remembered were forgotten.");

    public static SystemMailContent RecoveryCodesReplaced(string email) => Notice(
        "recovery-codes-replaced", email, "You have new recovery codes",
        "New recovery codes were made for your account. The former ones work no longer.");

    public static SystemMailContent RecoveryCodeUsed(string email, int left) => Notice(
        "recovery-code-used", email, "A recovery code was used",
        left switch
        {
            0 => "A recovery code proved that it is you. It was the last one: make new codes on the page Security.",
            1 => "A recovery code proved that it is you. It works once; you have one code left. Make new ones on the page Security.",
            _ => $"A recovery code proved that it is you. It works once; you have {left} codes left.",
        });

    public static SystemMailContent DevicesForgotten(string email, int devices) => Notice(
        "devices-forgotten", email, "A remembered browser was forgotten",
        devices == 1
            ? "A browser that your account had remembered was forgotten. It asks for your second factor again."
            : $"{devices} browsers that your account had remembered were forgotten. They ask for your second factor again.");

    public static SystemMailContent PasswordChanged(string email) => Notice(
        "password-changed", email, "Your password was changed",
        "The password of your account was changed. All other sessions were ended, and browsers that you had remembered were forgotten.");

    private static SystemMailContent Notice(string kind, string email, string subject, string happened) =>
        new(kind, email, subject, [happened, NotYou], Security, NoticeLife);
}
