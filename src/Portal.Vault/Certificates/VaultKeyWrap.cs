namespace Portal.Vault.Certificates;

/// <summary>The account's vault key, wrapped in the browser by one unlock method. Opaque to the server.</summary>
public sealed class VaultKeyWrap
{
    public required Guid UserId { get; init; }

    /// <summary><see cref="UnlockMethods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>Parameters of the key derivation, as a JSON object: no secret in it.</summary>
    public required string Kdf { get; init; }

    /// <summary>iv (12) ‖ AES-256-GCM ciphertext and tag (48): 60 bytes.</summary>
    public required byte[] Wrapped { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public static class UnlockMethods
{
    public const string Passphrase = "passphrase";
    public const string RecoveryKit = "recovery_kit";
}
