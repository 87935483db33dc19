using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Support;

namespace Portal.Web.Identity;

/// <summary>The one place that turns a checked session or token into claims, and claims back into an <see cref="Actor"/>.</summary>
internal static class PortalPrincipal
{
    public const string UserIdClaim = "sub";
    public const string SessionIdClaim = "sid";
    public const string EmailClaim = "email";
    public const string RoleClaim = "role";
    private const string ScopeClaim = "scope";
    public const string FreshUntilClaim = "fresh_until";

    private const string DeletionDueClaim = "deletion_due";

    /// <summary>A <see cref="SupportView"/> as JSON, of a session that is bound to one. All other claims are of the account that is looked at.</summary>
    private const string ViewClaim = "view";

    private const string OnwardClaim = "onward";

    public static ClaimsPrincipal ForSession(ValidSession session, ActedFrom? from = null) => new(new ClaimsIdentity(
        [
            .. Common(session.UserId, session.Email, session.Role, session.Actor.Scopes),
            new Claim(SessionIdClaim, session.SessionId.ToString()),
            new Claim(FreshUntilClaim, session.FreshUntil.ToString("O", CultureInfo.InvariantCulture)),
            .. session.DeletionDueAt is { } due ? [new Claim(DeletionDueClaim, due.ToString("O", CultureInfo.InvariantCulture))] : Array.Empty<Claim>(),
            .. session.Support is { } view ? [new Claim(ViewClaim, JsonSerializer.Serialize(view))] : Array.Empty<Claim>(),
            .. RequestOrigin.Claims(from),
        ],
        PortalSchemes.Cookie,
        EmailClaim,
        RoleClaim));

    public static ClaimsPrincipal ForToken(ValidToken token, ActedFrom? from = null) => new(new ClaimsIdentity(
        [.. Common(token.UserId, token.Email, token.Role, token.Scopes), .. RequestOrigin.Claims(from)], PortalSchemes.Bearer, EmailClaim, RoleClaim));

    /// <returns>Null for a stranger.</returns>
    public static Actor? FindActor(this ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true
            || !Guid.TryParse(principal.FindFirstValue(UserIdClaim), out var userId)
            || !Enum.TryParse<Role>(principal.FindFirstValue(RoleClaim), true, out var role))
            return null;
        var actor = (principal.FindSessionId(), principal.FindView()) switch
        {
            ({ } sessionId, { } view) => Actor.Viewing(userId, sessionId, view),
            ({ } sessionId, null) => Actor.Person(userId, role, sessionId, principal.FindFreshUntil()),
            _ => Actor.Token(userId, role, principal.FindAll(ScopeClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal)),
        };
        return actor with { From = principal.FindOrigin() };
    }

    /// <summary>For endpoints and pages behind authorisation, where there is always an actor.</summary>
    public static Actor GetActor(this ClaimsPrincipal principal) =>
        principal.FindActor() ?? throw new InvalidOperationException("An actor was asked for where nobody is signed in.");

    /// <summary>When the account will be destroyed; null: it stays.</summary>
    public static DateTimeOffset? FindDeletionDueAt(this ClaimsPrincipal principal) =>
        DateTimeOffset.TryParse(principal.FindFirstValue(DeletionDueClaim), CultureInfo.InvariantCulture, out var due) ? due : null;

    /// <returns>The support view that the session is bound to; null: it is its own.</returns>
    public static SupportView? FindView(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(ViewClaim) is { } view ? JsonSerializer.Deserialize<SupportView>(view) : null;

    public static Guid? FindSessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionIdClaim), out var id) ? id : null;

    /// <summary>Nobody, in a circuit whose session has entered or left a support view: what was open is another account's.</summary>
    /// <param name="onward">Where its page is to go.</param>
    public static ClaimsPrincipal Elsewhere(string onward) => new(new ClaimsIdentity([new Claim(OnwardClaim, onward)]));

    public static string? FindOnward(this ClaimsPrincipal principal) => principal.FindFirstValue(OnwardClaim);

    private static DateTimeOffset FindFreshUntil(this ClaimsPrincipal principal) =>
        DateTimeOffset.TryParse(principal.FindFirstValue(FreshUntilClaim), CultureInfo.InvariantCulture, out var until) ? until : DateTimeOffset.MinValue;

    private static IEnumerable<Claim> Common(Guid userId, string email, Role role, IReadOnlySet<string> scopes) =>
    [
        new(UserIdClaim, userId.ToString()),
        new(EmailClaim, email),
        new(RoleClaim, role.ToString().ToLowerInvariant()),
        .. scopes.Select(scope => new Claim(ScopeClaim, scope)),
    ];
}
