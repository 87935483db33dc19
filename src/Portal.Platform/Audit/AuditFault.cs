namespace Portal.Platform.Audit;

/// <summary>What can be wrong with the chain.</summary>
public static class AuditFault
{
    /// <summary>The entry's own hash does not fit its fields.</summary>
    public const string Altered = "altered";

    /// <summary>Numbers are missing before this one.</summary>
    public const string Missing = "missing";

    /// <summary>The entry does not follow the one before it: entries were exchanged or written anew.</summary>
    public const string Misplaced = "misplaced";

    /// <summary>A signed head lies beyond the end.</summary>
    public const string Truncated = "truncated";

    /// <summary>The chain agrees with itself, but not with what was signed: it was written anew.</summary>
    public const string Rewritten = "rewritten";

    /// <summary>What the entry commits to was altered, or is gone though its owner was not erased.</summary>
    public const string ValueAltered = "value_altered";

    public const string ValueMissing = "value_missing";

    /// <summary>A head whose signature is not this installation's.</summary>
    public const string HeadForged = "head_forged";
}
