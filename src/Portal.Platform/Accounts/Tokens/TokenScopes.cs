using System.Collections.Frozen;

namespace Portal.Platform.Accounts.Tokens;

/// <summary>What an API token can be narrowed to. A scope grants exactly itself: writing does not include reading.</summary>
public static class TokenScopes
{
    /// <summary>All that the owner may do.</summary>
    public const string Everything = "*";

    public const string AccountRead = "account:read";
    public const string AccountWrite = "account:write";
    public const string DomainsRead = "domains:read";
    public const string DomainsWrite = "domains:write";
    public const string VaultboxesRead = "vaultboxes:read";
    public const string VaultboxesWrite = "vaultboxes:write";
    public const string KeysRead = "keys:read";
    public const string KeysWrite = "keys:write";
    public const string CredentialsRead = "credentials:read";
    public const string CredentialsWrite = "credentials:write";
    public const string MessagesRead = "messages:read";
    public const string MessagesWrite = "messages:write";
    public const string LogsRead = "logs:read";

    public static IReadOnlySet<string> None { get; } = FrozenSet<string>.Empty;

    public static IReadOnlySet<string> Full { get; } = FrozenSet.Create(StringComparer.Ordinal, Everything);

    /// <summary>Every scope that a token may name.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        Everything, AccountRead, AccountWrite, DomainsRead, DomainsWrite, VaultboxesRead, VaultboxesWrite,
        KeysRead, KeysWrite, CredentialsRead, CredentialsWrite, MessagesRead, MessagesWrite, LogsRead,
    ];
}
