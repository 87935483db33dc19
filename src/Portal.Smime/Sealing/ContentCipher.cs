namespace Portal.Smime;

/// <summary>What a message is encrypted with.</summary>
public enum ContentCipher
{
    /// <summary>AES-256-CBC in EnvelopedData (RFC 5652, RFC 3565): what every mail client opens.</summary>
    Aes256Cbc,

    /// <summary>AES-256-GCM in AuthEnvelopedData (RFC 5083, RFC 5084): what browsers and newer clients open.</summary>
    Aes256Gcm,
}

/// <summary>The ciphers as settings and receipts name them.</summary>
public static class ContentCiphers
{
    /// <summary>The cipher that a vaultbox's settings write <c>aes-256-cbc</c> or <c>aes-256-gcm</c>; null for any other text.</summary>
    public static ContentCipher? Parse(string text) => text switch
    {
        "aes-256-cbc" => ContentCipher.Aes256Cbc,
        "aes-256-gcm" => ContentCipher.Aes256Gcm,
        _ => null,
    };

    /// <summary>As receipts and logs write it, e.g. <c>AES-256-GCM</c>.</summary>
    internal static string Name(this ContentCipher cipher) => cipher == ContentCipher.Aes256Gcm ? "AES-256-GCM" : "AES-256-CBC";
}
