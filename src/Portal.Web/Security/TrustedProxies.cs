using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Portal.Web.Hosting;
using IPNetwork = System.Net.IPNetwork;

namespace Portal.Web.Security;

/// <summary>
/// Behind a proxy the peer is the proxy: only from those that <c>Portal:TrustedProxies</c> names do <c>X-Forwarded-For</c>,
/// <c>-Proto</c> and <c>-Host</c> count. With none named, nobody's do.
/// </summary>
internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<PortalOptions>>((forwarded, portal) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in portal.Value.TrustedProxies.Select(Parse).OfType<IPNetwork>())
                forwarded.KnownIPNetworks.Add(network);
        });
        return services;
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        // With an empty list the middleware would trust everybody.
        if (app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
    }

    /// <returns>Null when the text is neither an IP address nor a network such as <c>10.0.0.0/8</c>.</returns>
    internal static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
