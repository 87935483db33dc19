using System.Security.Claims;
using Portal.Vault.ProcessingLog;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.ProcessingLog;

internal static class ProcessingLogEndpoints
{
    public static void MapProcessingLog(this RouteGroupBuilder api) => api.MapGet("/processing-logs", ListAsync);

    /// <summary>Own rows; all of them for an admin. <c>stage</c> and <c>outcome</c> may be repeated.</summary>
    private static async Task<IResult> ListAsync(
        [AsParameters] LogFilter filter, ClaimsPrincipal user, ListProcessingLog listProcessingLog, CancellationToken cancellationToken)
    {
        var result = await listProcessingLog.HandleAsync(
            new ListProcessingLogRequest(user.InVault(), filter.From, filter.To, filter.Stage, filter.Outcome, filter.Text, filter.VaultboxId,
                filter.Limit ?? 50, filter.After),
            cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        // An IP address has no JSON form of its own.
        var items = result.Value.Items.Select(l => new
        {
            l.Id,
            l.OccurredAt,
            l.PassportId,
            l.VaultboxId,
            l.Stage,
            l.Outcome,
            l.SmtpCode,
            l.EnhancedCode,
            l.Reason,
            peerIp = l.PeerIp?.ToString(),
            l.PeerName,
            l.Tls,
            l.SizeBytes,
            l.Sender,
            l.Recipient,
            l.CertificateFingerprints,
            l.Cipher,
            l.DurationMs,
            l.Instance,
        });
        return TypedResults.Ok(new { items, result.Value.Next });
    }
}

internal sealed record LogFilter(
    DateTimeOffset? From, DateTimeOffset? To, string[]? Stage, string[]? Outcome, string? Text, Guid? VaultboxId, int? Limit, string? After);
