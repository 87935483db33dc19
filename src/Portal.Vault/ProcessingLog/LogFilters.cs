namespace Portal.Vault.ProcessingLog;

/// <summary>The filters of a request as queries.</summary>
internal static class LogFilters
{
    /// <returns>One query, or two that have no row in common, where sender and recipient are both looked at.</returns>
    public static List<IQueryable<ProcessingLogEntry>> Branches(VaultContext context, ListProcessingLogRequest asked)
    {
        var request = LogSearch.Read(asked);
        var rows = Plain(context, request);
        if (Text(request.Domain) is { } domain)
        {
            if (Text(request.Address) is null)
                return [rows.Where(l => l.RecipientDomain == domain), rows.Where(l => l.SenderDomain == domain && l.RecipientDomain != domain)];
            rows = rows.Where(l => l.RecipientDomain == domain || l.SenderDomain == domain);
        }

        return Text(request.Address) is { } address
            ? [rows.Where(l => l.Recipient == address), rows.Where(l => l.Sender == address && l.Recipient != address)]
            : [rows];
    }

    /// <summary>All filters but those that look at sender and recipient.</summary>
    public static IQueryable<ProcessingLogEntry> Plain(VaultContext context, ListProcessingLogRequest request)
    {
        var rows = context.ProcessingLogs.AsQueryable();
        if (!request.Actor.MayAdminister)
            rows = rows.Where(l => l.UserId == request.Actor.UserId);
        if (request.From is { } from)
            rows = rows.Where(l => l.OccurredAt >= from);
        if (request.To is { } to)
            rows = rows.Where(l => l.OccurredAt < to);
        if (request.Stages is { Count: > 0 } stages)
            rows = rows.Where(l => stages.Contains(l.Stage));
        if (request.Outcomes is { Count: > 0 } outcomes)
            rows = rows.Where(l => outcomes.Contains(l.Outcome));
        if (request.VaultboxId is { } vaultboxId)
            rows = rows.Where(l => l.VaultboxId == vaultboxId);
        if (request.PassportId is { } passportId)
            rows = rows.Where(l => l.PassportId == passportId);
        // Whoever sees domains alone must not find out the rest by searching for it.
        if (request.Actor.IsSupport && Text(request.Address) is not null)
            rows = rows.Where(l => false);
        if (request.PeerIp is { } peer)
            rows = rows.Where(l => l.PeerIp == peer && (!request.Actor.IsSupport || l.AuthenticatedAs == null));
        return string.IsNullOrWhiteSpace(request.Code) ? rows : OfCode(rows, request.Code);
    }

    /// <summary>As the log keeps addresses and domains.</summary>
    public static string? Text(string? typed) => typed?.Trim() is { Length: > 0 } text ? text.ToLowerInvariant() : null;

    private static IQueryable<ProcessingLogEntry> OfCode(IQueryable<ProcessingLogEntry> rows, string code)
    {
        var (smtp, enhanced) = LogSearch.CodesOf(code);
        if (smtp is null && enhanced is null)
            return rows.Where(l => false);
        if (smtp is not null)
            rows = rows.Where(l => l.SmtpCode == smtp);
        if (enhanced is not null)
            rows = rows.Where(l => l.EnhancedCode == enhanced);
        // Said for the sake of the indexes, which leave out what went well.
        return smtp >= 400 || enhanced is ['4' or '5', ..] ? rows.Where(l => l.Outcome != LogOutcomes.Ok) : rows;
    }
}
