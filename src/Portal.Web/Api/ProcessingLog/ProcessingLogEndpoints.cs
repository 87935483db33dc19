using System.Net;
using System.Security.Claims;
using Portal.Vault;
using Portal.Vault.ProcessingLog;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.ProcessingLog;

internal static class ProcessingLogEndpoints
{
    public static void MapProcessingLog(this RouteGroupBuilder api)
    {
        api.MapGet("/processing-logs", ListAsync);
        api.MapGet("/processing-logs/counts", CountAsync);
    }

    /// <summary>Own rows; all of them for an admin. <c>stage</c> and <c>outcome</c> may be repeated.</summary>
    private static async Task<IResult> ListAsync(
        [AsParameters] LogFilter filter, ClaimsPrincipal user, ListProcessingLog listProcessingLog, CancellationToken cancellationToken) =>
        filter.Request(user.InVault()) is { } request ? Problems.Ok(await listProcessingLog.HandleAsync(request, cancellationToken)) : NoIpAddress;

    /// <summary>How many of the same rows there are, over time and by outcome; without <c>from</c> in the last 24 hours.</summary>
    private static async Task<IResult> CountAsync(
        [AsParameters] LogFilter filter, ClaimsPrincipal user, CountProcessingLog countProcessingLog, CancellationToken cancellationToken)
    {
        if (filter.Request(user.InVault()) is not { } request)
            return NoIpAddress;
        var counted = await countProcessingLog.HandleAsync(new CountProcessingLogRequest(request), cancellationToken);
        return counted.Value is { } chart
            ? TypedResults.Ok(new { chart.From, chart.To, widthSeconds = (long)chart.Width.TotalSeconds, chart.Events, chart.Ok, chart.Deferred, chart.Refused, chart.Bars })
            : Problems.Of(counted.Problem!);
    }

    private static IResult NoIpAddress => Problems.Of(VaultProblem.Invalid("ip_malformed", "The value of “peerIp” is no IP address."));
}

internal sealed record LogFilter(
    DateTimeOffset? From,
    DateTimeOffset? To,
    string[]? Stage,
    string[]? Outcome,
    string? Text,
    Guid? VaultboxId,
    int? Limit,
    string? After,
    string? Code,
    string? Domain,
    string? Address,
    string? PeerIp,
    Guid? PassportId)
{
    /// <returns>Null when the IP address is none.</returns>
    internal ListProcessingLogRequest? Request(VaultActor actor)
    {
        IPAddress? peer = null;
        if (!string.IsNullOrWhiteSpace(PeerIp) && !IPAddress.TryParse(PeerIp, out peer))
            return null;
        return new ListProcessingLogRequest(actor, From?.ToUniversalTime(), To?.ToUniversalTime(), Stage, Outcome, Text, VaultboxId, Limit ?? 50, After, Code, Domain, Address, peer, PassportId);
    }
}
