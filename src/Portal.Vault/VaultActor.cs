using Portal.Audit;

namespace Portal.Vault;

/// <summary>Who asks. Every use case takes one and decides by it; pages and endpoints decide nothing.</summary>
/// <param name="UserId">users.id of the platform database.</param>
/// <param name="IsAdmin">Sees all rows of the processing log; never another user's mail or keys.</param>
/// <param name="Scopes">What an API token may do; <see cref="EveryScope"/> for a signed-in session.</param>
/// <param name="FreshUntil">Until when the person's proof of identity counts for acts on keys and credentials; null for a token, which its scopes judge.</param>
/// <param name="IsSupport">
/// A supporter who looks as the owner does: reads what their scopes name, never a key, and of other people's addresses the domain alone.
/// </param>
public sealed record VaultActor(Guid UserId, bool IsAdmin, IReadOnlySet<string> Scopes, DateTimeOffset? FreshUntil, bool IsSupport = false)
{
    public const string EveryScope = "*";

    /// <summary>Who the audit log is to name.</summary>
    public AuditBy By { get; init; } = new(ActorKinds.Person, UserId);

    /// <summary>Whether an admin's rights count: those of a token that was narrowed, to whatever, do not.</summary>
    public bool MayAdminister => IsAdmin && Scopes.Contains(EveryScope);

    public bool Has(string scope) => Scopes.Contains(EveryScope) || Scopes.Contains(scope);

    /// <summary>What an actor is told whose scopes do not allow an act.</summary>
    public VaultProblem Refusal => IsSupport ? VaultProblem.SupportView : VaultProblem.Forbidden;

    /// <summary>Whether the person proved who they are lately enough for an act on keys or credentials.</summary>
    public bool IsFresh(DateTimeOffset now) => FreshUntil is not { } until || now < until;

    public static VaultActor Session(Guid userId, bool isAdmin, DateTimeOffset freshUntil) =>
        new(userId, isAdmin, new HashSet<string>(StringComparer.Ordinal) { EveryScope }, freshUntil);
}

/// <summary>What an API token can be narrowed to.</summary>
public static class VaultScopes
{
    public const string VaultboxesRead = "vaultboxes:read";
    public const string VaultboxesWrite = "vaultboxes:write";
    public const string MessagesRead = "messages:read";
    public const string MessagesWrite = "messages:write";
    public const string KeysWrite = "keys:write";
    public const string LogsRead = "logs:read";
    public const string CredentialsRead = "credentials:read";
    public const string CredentialsWrite = "credentials:write";
}
