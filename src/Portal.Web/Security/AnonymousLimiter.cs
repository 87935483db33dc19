using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Portal.Web.Identity;

namespace Portal.Web.Security;

/// <summary>
/// Token buckets per address and per network for requests that nobody has signed in for. The costly acts among them have
/// limits of their own; this one keeps cheap pages cheap.
/// </summary>
internal static class AnonymousLimiter
{
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddAnonymousLimiter(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection(LimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>();
        services.AddRateLimiter(limiter => limiter.OnRejected = RejectAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, options) =>
        {
            var limits = options.Value;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(
                    http, 32, 64, limits.AnonymousBurstPerAddress, limits.AnonymousPerAddressPerMinute)),
                PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(
                    http, 24, 48, limits.AnonymousBurstPerNetwork, limits.AnonymousPerNetworkPerMinute)));
        });
        return services;
    }

    /// <summary>The network that the address lies in, as text.</summary>
    internal static string NetworkOf(IPAddress? address, int bits4, int bits6)
    {
        if (address is null)
            return "none";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? bits4 : bits6;
        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return $"{new IPAddress(bytes)}/{bits}";
    }

    private static RateLimitPartition<string> Partition(HttpContext http, int bits4, int bits6, int burst, int perMinute)
    {
        if (IsExempt(http))
            return RateLimitPartition.GetNoLimiter(string.Empty);
        // Whole tokens come back each period: a slow rate has a long period.
        var perSecond = perMinute / 60;
        return RateLimitPartition.GetTokenBucketLimiter(NetworkOf(http.Connection.RemoteIpAddress, bits4, bits6), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond),
            ReplenishmentPeriod = perSecond > 0 ? Refill : TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        });
    }

    private static bool IsExempt(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true
        || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        || http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var response = rejected.HttpContext.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Refill;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        if (rejected.HttpContext.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await ApiProblem.TooManyRequests.ExecuteAsync(rejected.HttpContext);
            return;
        }

        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync("Too many requests from this network. Wait a moment, then try again.\n", cancellationToken);
    }
}
