namespace Portal.Vault.Vaultboxes;

/// <summary>A vaultbox as its owner sees it in lists.</summary>
/// <param name="KeyCount">Active mail certificates, expired ones included.</param>
/// <param name="NeedsKey">No certificate can be sealed to now, so mail is held up with 451.</param>
/// <param name="HasPortalKey">Whether the browser can open lists.</param>
/// <param name="ExpiresAt">When the last usable mail certificate ends, grace not counted.</param>
/// <param name="StoredBytes">Octets of sealed mail.</param>
public sealed record VaultboxView(
    Guid Id,
    string Domain,
    string Name,
    string Alias,
    string Address,
    string Status,
    DateTimeOffset CreatedAt,
    long MessageCount,
    long StoredBytes,
    DateTimeOffset? LastMailAt,
    int KeyCount,
    bool NeedsKey,
    bool HasPortalKey,
    DateTimeOffset? ExpiresAt);

/// <summary>One page of a list; <paramref name="Next"/> is the cursor of the page after it, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
