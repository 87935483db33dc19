using System.Globalization;
using Portal.Platform.Support;

namespace Portal.Platform.SystemMail;

/// <summary>What an owner is told of support that wants to look, or looks.</summary>
internal static partial class AccountMails
{
    public const string ViewAskedKind = "view-asked";

    private const string ViewersPath = "/account/viewers";

    private const string NeverSeen = "A view shows and changes nothing. Your mail, keys, passphrases and passwords are never in it.";

    public static SystemMailContent ViewAsked(string email, SupportGrant grant, string token) => new(
        ViewAskedKind, email, "Support asks to see your Vaultbox account",
        [
            $"{grant.SupporterEmail} of support asks to see your account for {grant.Minutes} minutes. Reason: “{grant.Reason}”{Ticket(grant)}.",
            NeverSeen,
            $"Open the link to say yes or no; opening it answers nothing. It counts for {In(grant.EndsAt - grant.AskedAt)}. If you do not expect this, say no or do nothing.",
        ],
        new SystemMailAction("Look at the request", $"/support/consent/{token}"), grant.EndsAt - grant.AskedAt);

    public static SystemMailContent GlassBroken(string email, SupportGrant grant) => new(
        "view-glass-broken", email, "An admin is looking at your Vaultbox account",
        [
            $"The admin {grant.SupporterEmail} opened a view of your account without asking, on {Utc(grant.AskedAt)}, for {grant.Minutes} minutes at most. Reason: “{grant.Reason}”{Ticket(grant)}.",
            NeverSeen,
            "You can end it at once. What is looked at is written down for you.",
        ],
        new SystemMailAction("See who looks, and end it", ViewersPath), NoticeLife);

    private static string Ticket(SupportGrant grant) => grant.Ticket is { } ticket ? string.Create(CultureInfo.InvariantCulture, $", ticket {ticket}") : string.Empty;
}
