namespace Portal.Web.Provisioning.Audit;

internal static partial class AuditLog
{
    [LoggerMessage(3371, LogLevel.Warning, "Acts could not be taken into the audit chain; they wait, and it is tried again within half a minute.")]
    public static partial void ChainingBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3372, LogLevel.Warning, "An outbox of the audit log is not heard ({Fault}); it is looked at every half minute meanwhile.")]
    public static partial void OutboxUnheard(this ILogger logger, string fault);

    [LoggerMessage(3373, LogLevel.Error, "The audit log is broken at entry {Seq}: {Fault}. Nothing from there on proves anything; docs/audit.md says what to do.")]
    public static partial void ChainBroken(this ILogger logger, long seq, string fault);

    [LoggerMessage(3374, LogLevel.Warning, "The audit log could not be checked; it is tried again in a quarter of an hour.")]
    public static partial void CheckBroken(this ILogger logger, Exception fault);

    [LoggerMessage(3375, LogLevel.Debug, "{Acts} acts were taken into the audit chain.")]
    public static partial void ActsChained(this ILogger logger, int acts);
}
