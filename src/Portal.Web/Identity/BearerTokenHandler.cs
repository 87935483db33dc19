using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Platform;
using Portal.Platform.Accounts.Tokens;

namespace Portal.Web.Identity;

/// <summary>Authenticates <c>Authorization: Bearer vbp_…</c> (RFC 6750 section 2.1; tokens in URLs or bodies are not read).</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    AuthenticateToken authenticateToken) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Prefix = "Bearer ";

    /// <returns>Null when the request bears none.</returns>
    public static string? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Find(Request) is not { } text)
            return AuthenticateResult.NoResult();
        try
        {
            var token = await authenticateToken.HandleAsync(text, Context.Connection.RemoteIpAddress, Context.RequestAborted);
            return token is null
                ? AuthenticateResult.Fail("The token is not valid.")
                : AuthenticateResult.Success(new AuthenticationTicket(PortalPrincipal.ForToken(token, RequestOrigin.Of(Context, ActedFrom.TokenName(token.TokenId))), Scheme.Name));
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            Logger.TokenUncheckable(fault);
            ApiProblem.MarkUnavailable(Context);
            return AuthenticateResult.Fail("The token cannot be checked.");
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        (ApiProblem.IsUnavailable(Context) ? ApiProblem.Unavailable : ApiProblem.Unauthenticated).ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Forbidden.ExecuteAsync(Context);
}
