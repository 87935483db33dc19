using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Web.Api;

namespace Portal.Web.Identity.Passkeys;

/// <param name="Credential">By <c>toJSON()</c> of what <c>navigator.credentials.create</c> answered.</param>
internal sealed record CreatePasskeyBody(JsonElement Credential, string? Name);

/// <param name="Purpose">sign-in or confirm.</param>
internal sealed record PasskeyOptionsBody(string? Purpose);

/// <param name="ReturnUrl">Where to go then; a path of this portal.</param>
internal sealed record PasskeySignInBody(JsonElement Credential, string? ReturnUrl);

internal sealed record ConfirmPasskeyBody(JsonElement Credential);

/// <summary>What the account pages' script calls: WebAuthn's two ceremonies, each an offer and an answer. Every call brings the antiforgery header.</summary>
internal static class PasskeyEndpoints
{
    /// <summary>Bytes; more than any authenticator's answer.</summary>
    private const int MostBytes = 128 * 1024;

    public static void MapPasskeys(this IEndpointRouteBuilder endpoints)
    {
        var passkeys = endpoints.MapGroup("/account/passkeys").AddEndpointFilter(GuardAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ExcludeFromDescription();
        passkeys.MapPost("/creation-options", OfferCreationAsync);
        passkeys.MapPost("", CreateAsync);
        passkeys.MapPost("/request-options", OfferRequestAsync).AllowAnonymous();
        passkeys.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        passkeys.MapPost("/confirm", ConfirmAsync);
    }

    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var isOurs = http.Request.Headers.ContainsKey(PortalAuthentication.AntiforgeryHeader)
            && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        return isOurs ? await next(context) : ApiProblem.Antiforgery;
    }

    private static async Task<IResult> OfferCreationAsync(HttpContext http, StartAddingPasskey start) =>
        Offer(http, await start.HandleAsync(http.User.GetActor(), http.PasskeySite(), http.RequestAborted));

    private static async Task<IResult> CreateAsync(HttpContext http, CreatePasskeyBody body, AddPasskey addPasskey)
    {
        var request = new AddPasskeyRequest(Answer(http, body.Credential), body.Name, http.Request.Headers.UserAgent);
        var added = await addPasskey.HandleAsync(http.User.GetActor(), request, http.RequestAborted);
        return added.Succeeded
            ? TypedResults.Created((string?)null, new { added.Value.Passkey.Id, added.Value.Passkey.Name, added.Value.RecoveryCodes })
            : Problems.Of(added.Failure);
    }

    private static async Task<IResult> OfferRequestAsync(
        HttpContext http, PasskeyOptionsBody body, ClaimsPrincipal user, StartPasskeySignIn signIn, StartPasskeyConfirmation confirmation) =>
        Offer(http, string.Equals(body.Purpose, "confirm", StringComparison.Ordinal)
            ? await confirmation.HandleAsync(user.FindActor() ?? Actor.Stranger, http.PasskeySite(), http.RequestAborted)
            : await signIn.HandleAsync(http.PasskeySite(), http.Connection.RemoteIpAddress));

    private static async Task<IResult> SignInAsync(HttpContext http, PasskeySignInBody body, SignInWithPasskey signIn, SignInFlow flow, ILogger<SignInFlow> logger)
    {
        var request = new SignInWithPasskeyRequest(Answer(http, body.Credential), http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);
        var opened = await signIn.HandleAsync(request, http.RequestAborted);
        if (!opened.Succeeded)
        {
            logger.SignInRefused(opened.Failure.Code);
            return Problems.Of(opened.Failure);
        }

        return TypedResults.Ok(new { redirect = await flow.EnterAsync(http, opened.Value, body.ReturnUrl, http.RequestAborted) });
    }

    private static async Task<IResult> ConfirmAsync(HttpContext http, ConfirmPasskeyBody body, ConfirmWithPasskey confirm)
    {
        var request = new ConfirmWithPasskeyRequest(Answer(http, body.Credential), http.Connection.RemoteIpAddress);
        var confirmed = await confirm.HandleAsync(http.User.GetActor(), request, http.RequestAborted);
        return confirmed.Succeeded ? TypedResults.NoContent() : Problems.Of(confirmed.Failure);
    }

    private static IResult Offer(HttpContext http, Outcome<PasskeyOffer> offer)
    {
        if (!offer.Succeeded)
            return Problems.Of(offer.Failure);
        PasskeyCookie.Keep(http, offer.Value);
        return TypedResults.Content(offer.Value.OptionsJson, "application/json");
    }

    private static PasskeyAnswer Answer(HttpContext http, JsonElement credential) => new(
        credential.ValueKind == JsonValueKind.Object ? credential.GetRawText() : null, PasskeyCookie.Take(http), http.PasskeySite());
}
