namespace Portal.Vault.Certificates;

/// <summary>The account's vault key, wrapped in the browser by one unlock method. Opaque to the server.</summary>
public sealed class VaultKeyWrap
{
    /// <summary>Octets of <see cref="Wrapped"/>.</summary>
    public const int Length = 60;

    public required Guid UserId { get; init; }

    /// <summary><see cref="UnlockMethods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Parameters of the key derivation, as a JSON object: no secret in it.</summary>
    public required string Kdf { get; set; }

    /// <summary>iv (12) ‖ AES-256-GCM ciphertext and tag (48): 60 bytes.</summary>
    public required byte[] Wrapped { get; set; }

    /// <summary>Of this passphrase or these words: changes with them, and tells one from the other.</summary>
    public required DateTimeOffset CreatedAt { get; set; }
}

/// <summary>What opens a vault key.</summary>
public static class UnlockMethods
{
    public const string Passphrase = "passphrase";

    /// <summary>24 words on paper.</summary>
    public const string RecoveryKit = "recovery_kit";
}
