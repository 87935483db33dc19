using System.Collections.Frozen;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Platform.Support;

/// <summary>What makes an actor a supporter who looks at an account as its owner does.</summary>
/// <param name="AgreedAt">When the owner said yes, or the glass was broken.</param>
/// <param name="Until">When it ends at the latest.</param>
public sealed record SupportView(
    Guid GrantId, Guid SupporterId, SupportGrantKind Kind, string Reason, string? Ticket, DateTimeOffset AgreedAt, DateTimeOffset Until)
{
    /// <summary>
    /// All that such an actor may do: read. Every act asks for its scope, so one that is not named here is refused, whichever page,
    /// endpoint or component it comes from.
    /// </summary>
    public static IReadOnlySet<string> Scopes { get; } = FrozenSet.Create(
        StringComparer.Ordinal, TokenScopes.VaultboxesRead, TokenScopes.MessagesRead, TokenScopes.LogsRead, TokenScopes.DomainsRead);
}
