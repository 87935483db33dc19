using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Smime;

/// <summary>Checks receipts.</summary>
public static class ReceiptVerifier
{
    /// <summary>Longest receipt that is looked at, in characters.</summary>
    public const int MaximumLength = 16 * 1024;

    /// <summary>The claims when the receipt is ours, canonical and signed by the key of this SubjectPublicKeyInfo; null for anything else.</summary>
    public static ReceiptClaims? Verify(string? receipt, ReadOnlySpan<byte> publicKeySpki)
    {
        if (receipt is null || receipt.Length > MaximumLength || receipt.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }

        var expected = $$"""{"alg":"ES256","kid":"{{Convert.ToHexStringLower(SHA256.HashData(publicKeySpki))}}"}""";
        if (Decode(header) is not { } headerBytes || !headerBytes.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(expected))
            || Decode(payload) is not { } payloadBytes || Decode(signature) is not { Length: 64 } signatureBytes)
        {
            return null;
        }

        using var key = P256PublicKey.TryImportEcdsa(publicKeySpki);
        var signed = Encoding.ASCII.GetBytes(receipt[..receipt.LastIndexOf('.')]);
        return key is not null && key.VerifyData(signed, signatureBytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? ReceiptPayload.Read(payloadBytes)
            : null;
    }

    // Only the one way of writing it: no padding, no white space, unused bits zero.
    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(part);
        return string.Equals(Base64Url.EncodeToString(bytes), part, StringComparison.Ordinal) ? bytes : null;
    }
}
