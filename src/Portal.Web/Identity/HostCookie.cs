using Microsoft.AspNetCore.Authentication.Cookies;

namespace Portal.Web.Identity;

/// <summary>
/// Over HTTPS our cookies bear the <c>__Host-</c> prefix, so that neither a sibling domain nor plain HTTP can set them. Over plain
/// HTTP (localhost) browsers refuse that prefix; the other name also keeps the two from overwriting each other, for cookies know no port.
/// </summary>
internal static class HostCookie
{
    public static string Name(string plain, HttpContext? http) => http?.Request.IsHttps == true ? $"__Host-{plain}" : plain;
}

/// <summary>Gives the session cookie the name that fits the request.</summary>
internal sealed class HostCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager cookies = new() { ThrowForPartialCookies = true };

    public string? GetRequestCookie(HttpContext context, string key) =>
        cookies.GetRequestCookie(context, HostCookie.Name(key, context));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, HostCookie.Name(key, context), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        cookies.DeleteCookie(context, HostCookie.Name(key, context), options);
}

/// <summary>The same for the antiforgery cookie, whose builder is asked for its name at each use.</summary>
internal sealed class AntiforgeryCookieBuilder : CookieBuilder
{
    private readonly IHttpContextAccessor accessor;

    public AntiforgeryCookieBuilder(IHttpContextAccessor accessor)
    {
        this.accessor = accessor;
        Path = "/";
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override string? Name
    {
        get => HostCookie.Name("vaultbox-antiforgery", accessor.HttpContext);
        set => throw new NotSupportedException("The name follows from the request.");
    }
}
