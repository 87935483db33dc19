using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Web.Identity;

/// <summary>What a browser carries beside its session: a sign-in that is half done, and the mark by which it is remembered.</summary>
internal sealed class SignInCookies(IDataProtectionProvider protection)
{
    private const string PendingName = "vaultbox-sign-in";
    private const string DeviceName = "vaultbox-device";

    /// <summary>A cookie has 4 KB at most; a longer way back is not worth a failed sign-in.</summary>
    private const int LongestReturnUrl = 1024;

    private readonly IDataProtector protector = protection.CreateProtector("vaultbox/pending-sign-in/v1");

    public void WritePending(HttpContext http, PendingSignIn pending, string? returnUrl)
    {
        var local = LocalUrl.OrHome(returnUrl);
        var carried = new Carried(pending, local.Length > LongestReturnUrl ? LocalUrl.Home : local);
        Write(http, PendingName, protector.Protect(JsonSerializer.Serialize(carried)), PendingSignIn.Lifetime);
    }

    /// <returns>Null when there is none, or one that this installation did not write. Whether it is in time, the use case judges.</returns>
    public (PendingSignIn Pending, string ReturnUrl)? ReadPending(HttpContext http)
    {
        if (http.Request.Cookies[HostCookie.Name(PendingName, http)] is not { Length: > 0 } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize<Carried>(protector.Unprotect(text)) is { } carried ? (carried.Pending, carried.ReturnUrl) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void DropPending(HttpContext http) => Drop(http, PendingName);

    public void WriteDevice(HttpContext http, RememberedToken device, DateTimeOffset now) =>
        Write(http, DeviceName, device.Token, device.ExpiresAt - now);

    public static string? ReadDevice(HttpContext http) => http.Request.Cookies[HostCookie.Name(DeviceName, http)];

    private static void Write(HttpContext http, string name, string value, TimeSpan life)
    {
        var options = Options(http);
        options.MaxAge = life;
        http.Response.Cookies.Append(HostCookie.Name(name, http), value, options);
    }

    private static void Drop(HttpContext http, string name) => http.Response.Cookies.Delete(HostCookie.Name(name, http), Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
    };

    private sealed record Carried(PendingSignIn Pending, string ReturnUrl);
}
