namespace Portal.Platform.Audit;

/// <summary>The end of the chain at some time. Kept outside the database, it says what the chain once held.</summary>
public sealed record AuditHead(long Seq, byte[] Hash);
