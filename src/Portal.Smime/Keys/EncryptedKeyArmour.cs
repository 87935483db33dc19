using System.Text;

namespace Portal.Smime;

/// <summary>
/// The only form in which a private key may be stored: PEM armour around <c>VBK1</c>, a 12-byte nonce and AES-256-GCM ciphertext with
/// its 16-byte tag, all made in the browser. We check the form; we cannot open it.
/// </summary>
public static class EncryptedKeyArmour
{
    public const string Begin = "-----BEGIN ENCRYPTED VAULTBOX KEY-----";
    public const string End = "-----END ENCRYPTED VAULTBOX KEY-----";

    /// <summary>Largest armour, in characters: an RSA-16384 key has about 13,000.</summary>
    public const int MaximumLength = 16 * 1024;

    private const int Columns = 64;
    private const int HeaderBytes = 4 + 12;
    private const int TagBytes = 16;

    // A P-256 PKCS#8 without its optional public key: the smallest private key we make.
    private const int SmallestKey = 67;

    /// <summary>True for exactly that form: label, 64 columns, LF, canonical base64, magic, and room for a key.</summary>
    public static bool IsWellFormed(string? pem)
    {
        if (pem is null || pem.Length > MaximumLength || !pem.StartsWith(Begin + "\n", StringComparison.Ordinal) || !pem.EndsWith("\n" + End + "\n", StringComparison.Ordinal))
        {
            return false;
        }

        var body = pem[(Begin.Length + 1)..^(End.Length + 1)];
        if (PrivateKeyDetector.TryDecode(body) is not { } bytes || !string.Equals(Wrap(bytes), body, StringComparison.Ordinal))
        {
            return false;
        }

        return bytes.Length >= HeaderBytes + SmallestKey + TagBytes
            && bytes.AsSpan().StartsWith("VBK1"u8)
            && !PrivateKeyDetector.IsInBinary(bytes.AsMemory(4))
            && !PrivateKeyDetector.IsInBinary(bytes.AsMemory(HeaderBytes));
    }

    private static string Wrap(byte[] bytes)
    {
        var encoded = Convert.ToBase64String(bytes);
        var lines = new StringBuilder(encoded.Length + (encoded.Length / Columns) + 1);
        for (var start = 0; start < encoded.Length; start += Columns)
        {
            lines.Append(encoded, start, Math.Min(Columns, encoded.Length - start)).Append('\n');
        }

        return lines.ToString();
    }
}
