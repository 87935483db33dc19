namespace Portal.Smime;

/// <summary>What of a message stays readable outside the encryption (RFC 9788 section 3, Header Confidentiality Policy).</summary>
public enum HeaderPolicy
{
    /// <summary>
    /// <c>hcp_shy</c> (RFC 9788 section 3.2.2): From, To and Cc without display names, Date in UTC, Subject <c>[...]</c>,
    /// Message-ID as it is; nothing else.
    /// </summary>
    Shy,

    /// <summary>From, To, Cc, Date, Subject and Message-ID as they came (<c>hcp_no_confidentiality</c>, section 3.2.3); nothing else.</summary>
    Open,

    /// <summary><c>hcp_baseline</c> (section 3.2.1): as <see cref="Open"/>, but Subject <c>[...]</c>.</summary>
    Baseline,

    /// <summary>From and To both the vaultbox's own address, Date our time of receipt, Subject <c>[...]</c>, Message-ID ours.</summary>
    Blind,
}

/// <summary>The policies as a vaultbox's settings name them.</summary>
public static class HeaderPolicies
{
    /// <summary>From the most that is readable to the least.</summary>
    public static IReadOnlyList<HeaderPolicy> All { get; } = [HeaderPolicy.Open, HeaderPolicy.Baseline, HeaderPolicy.Shy, HeaderPolicy.Blind];

    /// <summary>The policy that is written <c>open</c>, <c>baseline</c>, <c>shy</c> or <c>blind</c>; null for any other text.</summary>
    public static HeaderPolicy? Parse(string text) => text switch
    {
        "open" => HeaderPolicy.Open,
        "baseline" => HeaderPolicy.Baseline,
        "shy" => HeaderPolicy.Shy,
        "blind" => HeaderPolicy.Blind,
        _ => null,
    };
}
