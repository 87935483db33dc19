using Portal.Platform.Accounts.SecondFactor.Passkeys;

namespace Portal.Web.Identity.Passkeys;

/// <summary>Keeps the protected state of the one ceremony that a browser has open. Only our own pages' requests bring it.</summary>
internal static class PasskeyCookie
{
    private const string Name = "vaultbox-passkey";

    public static void Keep(HttpContext http, PasskeyOffer offer) =>
        http.Response.Cookies.Append(HostCookie.Name(Name, http), offer.State, Options(http, offer.EndsAt));

    /// <summary>Reads the state and deletes the cookie: an answer is judged once.</summary>
    public static string? Take(HttpContext http)
    {
        var name = HostCookie.Name(Name, http);
        if (!http.Request.Cookies.TryGetValue(name, out var state))
            return null;
        http.Response.Cookies.Delete(name, Options(http, null));
        return state;
    }

    private static CookieOptions Options(HttpContext http, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        Path = "/",
        Expires = expires,
    };
}
