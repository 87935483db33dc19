using System.Globalization;
using System.Security.Claims;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.Tokens;

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

    public static ClaimsPrincipal ForSession(ValidSession session) => new(new ClaimsIdentity(
        [
            .. Common(session.UserId, session.Email, session.Role, TokenScopes.Full),
            new Claim(SessionIdClaim, session.SessionId.ToString()),
            new Claim(FreshUntilClaim, session.FreshUntil.ToString("O", CultureInfo.InvariantCulture)),
            .. session.DeletionDueAt is { } due ? [new Claim(DeletionDueClaim, due.ToString("O", CultureInfo.InvariantCulture))] : Array.Empty<Claim>(),
        ],
        PortalSchemes.Cookie,
        EmailClaim,
        RoleClaim));

    public static ClaimsPrincipal ForToken(ValidToken token) => new(new ClaimsIdentity(
        Common(token.UserId, token.Email, token.Role, token.Scopes), PortalSchemes.Bearer, EmailClaim, RoleClaim));

    /// <returns>Null for a stranger.</returns>
    public static Actor? FindActor(this ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true
            || !Guid.TryParse(principal.FindFirstValue(UserIdClaim), out var userId)
            || !Enum.TryParse<Role>(principal.FindFirstValue(RoleClaim), true, out var role))
            return null;
        if (principal.FindSessionId() is not { } sessionId)
            return Actor.Token(userId, role, principal.FindAll(ScopeClaim).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal));
        return DateTimeOffset.TryParse(principal.FindFirstValue(FreshUntilClaim), CultureInfo.InvariantCulture, out var freshUntil)
            ? Actor.Person(userId, role, sessionId, freshUntil)
            : Actor.Person(userId, role, sessionId, DateTimeOffset.MinValue);
    }

    /// <summary>For endpoints and pages behind authorisation, where there is always an actor.</summary>
    public static Actor GetActor(this ClaimsPrincipal principal) =>
        principal.FindActor() ?? throw new InvalidOperationException("An actor was asked for where nobody is signed in.");

    /// <summary>When the account will be destroyed; null: it stays.</summary>
    public static DateTimeOffset? FindDeletionDueAt(this ClaimsPrincipal principal) =>
        DateTimeOffset.TryParse(principal.FindFirstValue(DeletionDueClaim), CultureInfo.InvariantCulture, out var due) ? due : null;

    public static Guid? FindSessionId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(SessionIdClaim), out var id) ? id : null;

    private static IEnumerable<Claim> Common(Guid userId, string email, Role role, IReadOnlySet<string> scopes) =>
    [
        new(UserIdClaim, userId.ToString()),
        new(EmailClaim, email),
        new(RoleClaim, role.ToString().ToLowerInvariant()),
        .. scopes.Select(scope => new Claim(ScopeClaim, scope)),
    ];
}
