namespace Portal.Smime;

/// <summary>What a receipt says of a stored message. Hashes and fingerprints are lower-case hex.</summary>
/// <param name="Size">Size of the DER in bytes.</param>
/// <param name="SummarySha256">Hash of the stored summary; null when there is none.</param>
public sealed record ReceiptClaims(
    Guid Message,
    Guid Vaultbox,
    string Cipher,
    string ContentSha256,
    string DerSha256,
    string? SummarySha256,
    long Size,
    IReadOnlyList<string> Fingerprints,
    DateTimeOffset ReceivedAt)
{
    /// <summary>Stored as it came: nothing inside was written by us, whatever it says of itself.</summary>
    public bool IsSealedBySender { get; init; }
}
