using System.Security.Claims;
using Portal.Platform;
using Portal.Platform.Health;
using Portal.Platform.SystemMail;
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
        ClaimsPrincipal user, IHostApplicationLifetime lifetime, CheckPlatform checkPlatform, CheckVault checkVault, CountSystemMail countSystemMail, CancellationToken cancellationToken)
    {
        // ApplicationStarted fires after Kestrel has bound all endpoints, HTTP and SMTP alike.
        var isBound = lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
        var platform = await checkPlatform.HandleAsync(cancellationToken);
        var vault = await checkVault.HandleAsync(cancellationToken);
        var waiting = await WaitingAsync(user, countSystemMail, cancellationToken);
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
                systemMail = waiting is null ? null : new { queued = waiting.Queued, held = waiting.Held },
            },
            statusCode: status);
    }

    /// <summary>Null to anyone but an admin, and when the database does not answer: it says nothing of readiness.</summary>
    private static async Task<WaitingSystemMail?> WaitingAsync(ClaimsPrincipal user, CountSystemMail countSystemMail, CancellationToken cancellationToken)
    {
        if (user.FindActor() is not { MayAdminister: true } actor)
            return null;
        try
        {
            return (await countSystemMail.HandleAsync(actor, cancellationToken)).Value;
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            return null;
        }
    }
}
