using System.Globalization;
using System.Net;

namespace Portal.Platform.SystemMail;

/// <summary>Those about an account's address, its way in, and its sign-ins.</summary>
internal static partial class AccountMails
{
    private const string SecurityPath = "/account/security";
    private const string ForgotPath = "/account/forgot";

    private static readonly SystemMailAction Security = new("Look at the account’s security", SecurityPath);

    public static SystemMailContent VerifyEmail(string recipient, string token, TimeSpan life) => new(
        "verify-email",
        recipient,
        "Confirm your address",
        [
            "Somebody, you most likely, made an account with this address. Open the link and type the password that you chose there: then the account is yours.",
            $"The link works once, for {In(life)}. If it was not you, do nothing: without the password the link opens nothing.",
        ],
        new SystemMailAction("Confirm the address", $"/account/verify/{token}"),
        life);

    public static SystemMailContent AlreadyHaveAccount(string recipient) => new(
        "already-have-account",
        recipient,
        "You already have an account",
        [
            "Somebody, you most likely, tried to make an account with this address. There is one already, so nothing was changed.",
            "If it was you, sign in. If you have forgotten the password, set a new one. If it was not you, you need do nothing.",
        ],
        new SystemMailAction("Set a new password", ForgotPath),
        NoticeLife);

    public static SystemMailContent Invite(string recipient, string token, TimeSpan life) => new(
        "invite",
        recipient,
        "You are invited",
        [
            "An administrator of this server invites you to make an account. It is made for this address.",
            $"The link works once, for {In(life)}. If you did not expect it, do nothing.",
        ],
        new SystemMailAction("Make the account", $"/account/invite/{token}"),
        life);

    public static SystemMailContent ResetPassword(string recipient, string token, TimeSpan life) => new(
        "reset-password",
        recipient,
        "Set a new password",
        [
            "Somebody, you most likely, asked to set a new password for your account.",
            "A new password lets you sign in again. It does not open your mail: for that you still need your passphrase or recovery kit.",
            $"The link works once, for {In(life)}. If it was not you, do nothing: the password stays as it is.",
        ],
        new SystemMailAction("Set a new password", $"/account/reset/{token}"),
        life);

    public static SystemMailContent PasswordWasReset(string recipient, DateTimeOffset at) => new(
        "password-was-reset",
        recipient,
        "Your password was changed",
        [
            $"A new password was set for your account by a link in a mail to this address, on {Utc(at)}. Everybody who was signed in has been signed out. Your API tokens still work.",
            "If it was not you, somebody reads this mailbox: secure it first, then set a new password again.",
        ],
        new SystemMailAction("Set a new password", ForgotPath),
        NoticeLife);

    public static SystemMailContent ChangeEmail(string recipient, string token, TimeSpan life) => new(
        "change-email",
        recipient,
        "Confirm your new address",
        [
            "Somebody, you most likely, wants to use this address for an account here. Open the link to confirm it.",
            $"The link works once, for {In(life)}. If it was not you, do nothing.",
        ],
        new SystemMailAction("Confirm the new address", $"/account/change-email/{token}"),
        life);

    public static SystemMailContent EmailChangeAsked(string recipient, string newEmail, DateTimeOffset at) => new(
        "email-change-asked",
        recipient,
        "Your address is about to change",
        [
            $"On {Utc(at)} somebody who is signed in to your account asked to change its address to {Masked(newEmail)}. It changes when that address is confirmed.",
            "If it was not you: sign in, cancel the change on the security page, set a new password, and end the other sessions.",
        ],
        new SystemMailAction("Cancel the change", SecurityPath),
        NoticeLife);

    public static SystemMailContent EmailChanged(string recipient, string newEmail, DateTimeOffset at) => new(
        "email-changed",
        recipient,
        "Your address was changed",
        [
            $"Your account’s address was changed to {Masked(newEmail)} on {Utc(at)}. This address no longer signs in, and this is the last message to it.",
            "If it was not you, tell the administrator of this server at once.",
        ],
        null,
        NoticeLife);

    public static SystemMailContent NewSignIn(string recipient, string device, IPAddress? ip, DateTimeOffset at) => new(
        "new-sign-in",
        recipient,
        "New sign-in",
        [
            $"Somebody signed in to your account from a browser or network that we have not seen lately: {device}, network address {Address(ip)}, on {Utc(at)}.",
            "If it was you, you need do nothing. If not: set a new password and end the other sessions.",
        ],
        Security,
        NoticeLife);

    /// <summary>The first letter and the domain: enough to recognise one's own.</summary>
    private static string Masked(string email) => $"{email[0]}…{email[email.IndexOf('@', StringComparison.Ordinal)..]}";

    private static string Address(IPAddress? ip) => ip switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => ip.MapToIPv4().ToString(),
        _ => ip.ToString(),
    };

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string In(TimeSpan life) => life switch
    {
        { TotalDays: > 1 } => Count(life.TotalDays, "day"),
        { TotalHours: >= 1 } => Count(life.TotalHours, "hour"),
        _ => Count(life.TotalMinutes, "minute"),
    };

    private static string Count(double number, string unit) =>
        Math.Floor(number) is 1 ? $"one {unit}" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number)} {unit}s");
}
