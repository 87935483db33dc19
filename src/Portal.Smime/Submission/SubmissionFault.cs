namespace Portal.Smime;

/// <summary>Why a submitted message is not taken as it is.</summary>
public enum SubmissionFault
{
    /// <summary>A line before the first empty one is no header field (RFC 5322 section 2.2): readers would disagree about what follows.</summary>
    HeaderMalformed,

    /// <summary>No From field (RFC 5322 section 3.6 asks for exactly one).</summary>
    FromMissing,

    /// <summary>More than one From or Sender field.</summary>
    FromRepeated,

    /// <summary>From or Sender is no list of addresses, holds none, or one whose local part is no dot-atom in ASCII.</summary>
    FromMalformed,

    /// <summary>An address in From or Sender is not one that the sender may use (RFC 6409 section 6.1).</summary>
    FromNotOwn,
}
