namespace Portal.Smime;

/// <summary>What of a message stays readable outside the encryption (RFC 9788 section 3, Header Confidentiality Policy).</summary>
public enum HeaderPolicy
{
    /// <summary>
    /// <c>hcp_shy</c> (RFC 9788 section 3.2.2): From, To and Cc without display names, Date in UTC, Subject <c>[...]</c>,
    /// Message-ID as it is; nothing else.
    /// </summary>
    Shy,
}
