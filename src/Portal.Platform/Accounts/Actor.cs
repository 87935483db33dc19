using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Accounts;

/// <summary>Who asks for an act. Every use case that touches data takes one and decides by it.</summary>
/// <param name="UserId">The account; empty for the operator at the console.</param>
/// <param name="Role">The account's role at the moment of the check.</param>
/// <param name="Scopes">What the credential allows; <see cref="TokenScopes.Everything"/> for a session.</param>
public sealed record Actor(Guid UserId, Role Role, IReadOnlySet<string> Scopes)
{
    /// <summary>The operator at the console: whoever holds the service role's connection can do these acts anyway.</summary>
    public static Actor Operator { get; } = new(Guid.Empty, Role.Admin, TokenScopes.Full);

    /// <summary>A person in a signed-in session, who is narrowed by no token.</summary>
    public static Actor Person(Guid userId, Role role) => new(userId, role, TokenScopes.Full);

    public bool IsAdmin => Role == Role.Admin;

    /// <summary>Whether the credential's scopes allow <paramref name="scope"/>.</summary>
    public bool Allows(string scope) => Scopes.Contains(TokenScopes.Everything) || Scopes.Contains(scope);
}
