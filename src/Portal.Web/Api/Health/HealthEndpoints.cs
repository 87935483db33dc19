using System.Security.Claims;
using Portal.Platform.Health;
using Portal.Vault.Health;
using Portal.Web.Identity;

namespace Portal.Web.Api.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", GetReadyAsync).AllowAnonymous();
    }

    /// <summary>200 once every listener is bound and both databases answer; an admin also sees the numbers.</summary>
    private static async Task<IResult> GetReadyAsync(
        ClaimsPrincipal user, IHostApplicationLifetime lifetime, CheckPlatform checkPlatform, CheckVault checkVault, CancellationToken cancellationToken)
    {
        // ApplicationStarted fires after Kestrel has bound all endpoints, HTTP and SMTP alike.
        var isBound = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        var platform = await checkPlatform.HandleAsync(cancellationToken);
        var vault = await checkVault.HandleAsync(cancellationToken);
        var isReady = isBound && platform.Healthy && vault.IsUp;
        var status = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var word = isReady ? "ready" : "not ready";
        if (user.Identity?.IsAuthenticated != true || !user.GetActor().IsAdmin)
            return TypedResults.Json(new { status = word }, statusCode: status);
        return TypedResults.Json(
            new
            {
                status = word,
                listeners = isBound,
                platform = new { up = platform.Healthy, platform.Users, latencyMs = platform.Latency.TotalMilliseconds, migration = platform.AppliedMigration },
                vault = new { up = vault.IsUp, vault.Vaultboxes, latencyMs = vault.Latency.TotalMilliseconds, migration = vault.Migration },
            },
            statusCode: status);
    }
}
