using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor.Passkeys;

namespace Portal.Web.Identity.Passkeys;

/// <summary>
/// The portal as the asking browser sees it: the host that it asked, and the origin of the request. Behind a proxy that ends TLS the
/// request's scheme is not the browser's; the configured public address is, and counts too.
/// </summary>
internal static class PasskeySites
{
    public static PasskeySite PasskeySite(this HttpContext http)
    {
        var request = http.Request;
        var publicUrl = http.RequestServices.GetRequiredService<IOptions<PlatformOptions>>().Value.PublicUrl;
        return new PasskeySite(request.Host.Host, [Origin(new Uri($"{request.Scheme}://{request.Host}")), Origin(publicUrl)]);
    }

    /// <summary>Scheme, host and a port that is not the scheme's own, in lower case, as browsers write it (RFC 6454 section 6.2).</summary>
    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
