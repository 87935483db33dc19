namespace Portal.Smime;

/// <summary>How a sealed message names the certificates that open it (RFC 5652 section 6.2.1).</summary>
public enum RecipientNaming
{
    /// <summary>By issuer and serial number: what every mail client knows.</summary>
    IssuerAndSerialNumber,

    /// <summary>
    /// By the certificate's subjectKeyIdentifier, which tells nothing of issuer or owner; a certificate without that extension is named by
    /// issuer and serial number all the same.
    /// </summary>
    SubjectKeyIdentifier,
}
