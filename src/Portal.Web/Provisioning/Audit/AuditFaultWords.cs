using Portal.Platform.Audit;

namespace Portal.Web.Provisioning.Audit;

/// <summary>What is wrong with the chain, for people.</summary>
internal static class AuditFaultWords
{
    public static string Of(string fault) => fault switch
    {
        AuditFault.Altered => "it was altered, or moved to another place.",
        AuditFault.Missing => "entries before it were deleted.",
        AuditFault.Misplaced => "it does not follow the entry before it. Entries were swapped or written anew.",
        AuditFault.Truncated => "it was signed once and is gone. The end of the log was cut off.",
        AuditFault.Rewritten => "another entry was signed in its place. The log was written anew.",
        AuditFault.ValueAltered => "its personal details were altered.",
        AuditFault.ValueMissing => "its personal details are gone, though the account was not erased.",
        AuditFault.HeadForged => "a signed head for it is not signed by this installation.",
        _ => fault,
    };
}
