namespace Portal.Vault.Intake;

/// <summary>
/// Remembers for a few days that a delivery was stored, so that a sender who missed our 250 and tries again stores no second copy.
/// Kept apart from the mail: it expires on its own and survives the mail's deletion.
/// </summary>
public sealed class Delivery
{
    public required Guid VaultboxId { get; init; }

    /// <summary>HMAC-SHA-256 of envelope, recipient and content under the installation's digest key, 32 bytes.</summary>
    public required byte[] Digest { get; init; }

    public required Guid PassportId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
