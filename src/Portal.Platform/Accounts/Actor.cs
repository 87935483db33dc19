using Portal.Audit;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Support;

namespace Portal.Platform.Accounts;

/// <summary>Who asks for an act. Every use case that touches data takes one and decides by it.</summary>
/// <param name="UserId">The account; empty for a stranger and for the operator at the console.</param>
/// <param name="Role">The account's role at the moment of the check; null for a stranger.</param>
/// <param name="Scopes">What the credential allows; <see cref="TokenScopes.Everything"/> for a session, nothing for a stranger.</param>
/// <param name="SessionId">The session it came by; null for a token and at the console.</param>
/// <param name="FreshUntil">Until when the proof of identity counts for step-up; null where none is asked: a token, judged by its scopes, and the console.</param>
/// <param name="Support">Set for a supporter who looks at the account <paramref name="UserId"/> as its owner does; null for everybody else.</param>
public sealed record Actor(
    Guid UserId, Role? Role, IReadOnlySet<string> Scopes, Guid? SessionId, DateTimeOffset? FreshUntil, SupportView? Support = null)
{
    /// <summary>Nobody who is known. May do nothing that asks for an actor.</summary>
    public static Actor Stranger { get; } = new(Guid.Empty, null, TokenScopes.None, null, null);

    /// <summary>The operator at the console: whoever holds the service role's connection can do these acts anyway.</summary>
    public static Actor Operator { get; } = new(Guid.Empty, Accounts.Role.Admin, TokenScopes.Full, null, null);

    /// <summary>A person in a signed-in session, who is narrowed by no token.</summary>
    public static Actor Person(Guid userId, Role role, Guid sessionId, DateTimeOffset freshUntil) =>
        new(userId, role, TokenScopes.Full, sessionId, freshUntil);

    /// <summary>Whoever holds one of the account's API tokens.</summary>
    public static Actor Token(Guid userId, Role role, IReadOnlySet<string> scopes) => new(userId, role, scopes, null, null);

    /// <summary>
    /// A supporter in a view: has the owner's place and no role, proof or scope of either, but those of <see cref="SupportView.Scopes"/>.
    /// </summary>
    /// <param name="ownerId">Whose account is looked at.</param>
    /// <param name="sessionId">The supporter's own session, to which the view is bound.</param>
    public static Actor Viewing(Guid ownerId, Guid sessionId, SupportView view) =>
        new(ownerId, Accounts.Role.User, SupportView.Scopes, sessionId, DateTimeOffset.MinValue, view);

    /// <summary>From where the request came; null where there is none. Decides nothing.</summary>
    public ActedFrom? From { get; init; }

    public bool IsStranger => Role is null;

    public bool IsAdmin => Role == Accounts.Role.Admin;

    /// <summary>An admin whose credential is not narrowed, or the operator: what every administrative act asks for.</summary>
    public bool MayAdminister => IsAdmin && Allows(TokenScopes.Everything);

    /// <summary>Whether the credential's scopes allow <paramref name="scope"/>.</summary>
    public bool Allows(string scope) => Scopes.Contains(TokenScopes.Everything) || Scopes.Contains(scope);

    /// <summary>What an actor is told whose scopes do not allow an act.</summary>
    public Failure Refusal => Support is null ? AccountFailures.ScopeMissing : AccountFailures.SupportView;

    /// <summary>Whether the person proved who they are lately enough for an act on keys, credentials, e-mail, second factors or deletion.</summary>
    public bool IsFresh(DateTimeOffset now) => FreshUntil is not { } until || now < until;
}
