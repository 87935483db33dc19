using System.Security.Claims;
using Portal.Platform.Accounts;
using Portal.Web.Identity;

namespace Portal.Web.Components.Shell;

/// <summary>What the shell shows of the signed-in user. Shows only: each use case decides again what the user may do.</summary>
/// <param name="DeletionDueAt">When the account will be destroyed, if its owner asked for that.</param>
/// <param name="IsViewed">Whether a supporter looks: the user is the one who is looked at.</param>
public sealed record SessionUser(string Email, Role Role, DateTimeOffset? DeletionDueAt = null, bool IsViewed = false)
{
    internal bool IsStaff => Role is Role.Admin or Role.Support;

    internal bool IsAdmin => Role == Role.Admin;

    internal string RoleName => Role switch { Role.Admin => "Administrator", Role.Support => "Support", _ => "User" };

    /// <summary>One or two letters of the local part: "mara.lindqvist@…" gives "ML".</summary>
    internal string Initials
    {
        get
        {
            var parts = Email.Split('@')[0].Split(['.', '_', '-', '+'], StringSplitOptions.RemoveEmptyEntries);
            var letters = parts switch
            {
                [] => "?",
                [var only] => only[..1],
                [var first, .., var last] => first[..1] + last[..1],
            };
            return letters.ToUpperInvariant();
        }
    }

    /// <summary>Null when nobody is signed in.</summary>
    internal static SessionUser? From(ClaimsPrincipal principal) => principal.FindActor() is { } actor
        ? new SessionUser(principal.FindFirstValue(PortalPrincipal.EmailClaim) ?? "", actor.Role!.Value, principal.FindDeletionDueAt(), actor.Support is not null)
        : null;
}
