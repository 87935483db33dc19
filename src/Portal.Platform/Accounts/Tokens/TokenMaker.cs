using Portal.Audit;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>What <see cref="CreateToken"/> and <see cref="IssueToken"/> share: which scopes there are, and what is kept of a token.</summary>
internal static class TokenMaker
{
    public static readonly Failure NameTooLong = new("name_too_long", $"A token's name has at most {ApiTokenConfiguration.NameLength} characters.");

    /// <returns>The scopes in one order, without doubles; or which are unknown.</returns>
    public static Outcome<string[]> ReadScopes(IReadOnlyCollection<string> scopes) =>
        scopes.Except(TokenScopes.Known, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown
            ? new Failure("scope_unknown", $"Unknown scope {string.Join(", ", unknown)}. Known: {string.Join(", ", TokenScopes.Known)}.")
            : scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Adds the token, and the act, to the context.</summary>
    /// <returns>With the token itself, which is nowhere else.</returns>
    public static IssuedToken Add(PlatformContext context, Actor actor, Guid userId, string name, string[] scopes, int? days, DateTimeOffset now)
    {
        var text = TokenFormat.Create();
        var token = new ApiToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Name = name,
            Prefix = TokenFormat.VisiblePrefix(text),
            TokenHash = TokenFormat.Hash(text),
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = days is { } life ? now.AddDays(life) : null,
        };
        context.ApiTokens.Add(token);
        context.Audit(
            actor, Acts.TokenCreated, AuditTarget.Of(AuditTarget.TokenKind, token.Id, userId), now,
            new AuditDetail().Fact("scopes", scopes).Fact("expires", token.ExpiresAt).Personal("name", name));
        return new IssuedToken(token.Id, text, scopes, token.ExpiresAt);
    }
}
