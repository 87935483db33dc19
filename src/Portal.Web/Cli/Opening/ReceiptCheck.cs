using System.Security.Cryptography;
using System.Text.Json;
using Portal.Platform;
using Portal.Smime;

namespace Portal.Web.Cli.Opening;

/// <summary>What a receipt says of the message at hand.</summary>
/// <param name="Words">For the reader.</param>
internal sealed record ReceiptCheck(string Words)
{
    private static readonly Failure BadKey = new("receipt_key_wrong", "The receipt key must be a public key as PEM, or what /api/v1/receipt-key answers, as JSON.");

    /// <summary>It speaks against the message: nothing of it is shown.</summary>
    internal static readonly Failure Against = new(
        "receipt_against", "The receipt is not of this message, or not signed by this key. The message was changed after it was sealed, or the receipt belongs to another.");

    /// <summary>Who names the key wants to know; taking the receipt away must not be a way round it.</summary>
    private static readonly Failure Missing = new(
        "receipt_missing", "A receipt key is named, and the message has no receipt to check by it. Name its receipt with --receipt, or open it without --receipt-key: then nothing says that this portal sealed it.");

    /// <param name="receipt">Null: there is none at hand.</param>
    /// <param name="keyFile">Null: nobody named the key that signs receipts.</param>
    public static Outcome<ReceiptCheck> Of(string? receipt, byte[]? keyFile, byte[] der, OpenedMessage opened)
    {
        var seal = opened.IsAuthenticated ? "Its cipher shows that it was not changed." : "Its cipher does not show changes.";
        if (receipt is null)
            return keyFile is null ? new ReceiptCheck($"No receipt is at hand, so nothing says that this portal sealed it. {seal}") : Missing;
        if (keyFile is null)
            return new ReceiptCheck($"The receipt was not checked: name the portal’s key with --receipt-key. {seal}");
        if (KeyOf(keyFile) is not { } key)
            return BadKey;
        if (ReceiptVerifier.Verify(receipt, key) is not { } claims || !IsOf(claims, der, opened))
            return Against;
        var by = claims.IsSealedBySender ? "sealed by its sender, so nothing inside is this portal’s word; stored" : "sealed";
        return new ReceiptCheck($"The receipt holds: {by} {claims.ReceivedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {claims.Cipher}, not changed since.");
    }

    private static bool IsOf(ReceiptClaims claims, byte[] der, OpenedMessage opened) =>
        claims.Size == der.LongLength
        && string.Equals(claims.ContentSha256, opened.Content, StringComparison.Ordinal)
        && string.Equals(claims.DerSha256, Convert.ToHexStringLower(SHA256.HashData(der)), StringComparison.Ordinal);

    private static byte[]? KeyOf(byte[] file)
    {
        try
        {
            var text = System.Text.Encoding.UTF8.GetString(file).Trim();
            if (text.StartsWith('{'))
            {
                using var answer = JsonDocument.Parse(text);
                return answer.RootElement.GetProperty("spki"u8).GetBytesFromBase64();
            }

            return System.Security.Cryptography.PemEncoding.TryFind(text, out var fields) && text[fields.Label] is "PUBLIC KEY"
                ? Convert.FromBase64String(text[fields.Base64Data])
                : null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
