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
        return Problems.Ok(result);
    }
}

internal sealed record LogFilter(
    DateTimeOffset? From, DateTimeOffset? To, string[]? Stage, string[]? Outcome, string? Text, Guid? VaultboxId, int? Limit, string? After);
