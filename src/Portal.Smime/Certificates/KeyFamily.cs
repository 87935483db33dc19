namespace Portal.Smime;

/// <summary>The kind of a certificate's public key. A vaultbox holds certificates of one family.</summary>
public enum KeyFamily
{
    /// <summary>rsaEncryption (RFC 3279 section 2.3.1).</summary>
    Rsa,

    /// <summary>id-ecPublicKey (RFC 5480).</summary>
    EllipticCurve,

    /// <summary>Anything that mail cannot be encrypted to.</summary>
    Other,
}
