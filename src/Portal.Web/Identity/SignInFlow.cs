using Microsoft.AspNetCore.Authentication;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Support;

namespace Portal.Web.Identity;

/// <summary>
/// What the account pages' forms call: the use case, then the cookie. For static server rendering only, where the response
/// has not begun; the forms themselves carry Blazor's antiforgery token.
/// </summary>
internal sealed class SignInFlow(
    SignIn signIn,
    CompleteSignIn completeSignIn,
    SignOut signOut,
    EndView endView,
    CreateFirstAdmin createFirstAdmin,
    SignInCookies cookies,
    TimeProvider time,
    ILogger<SignInFlow> logger)
{
    /// <returns>The local address to redirect to: the page for the second factor where one is asked for.</returns>
    public async Task<Outcome<string>> SignInAsync(
        HttpContext http, string? email, string? password, string? returnUrl, CancellationToken cancellationToken)
    {
        var request = new SignInRequest(
            email, password, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent, SignInCookies.ReadDevice(http));
        var outcome = await signIn.HandleAsync(request, cancellationToken);
        if (!outcome.Succeeded)
        {
            logger.SignInRefused(outcome.Failure.Code);
            return outcome.Failure;
        }

        if (outcome.Value.Session is { } session)
            return await EnterAsync(http, session, returnUrl, cancellationToken);
        cookies.WritePending(http, outcome.Value.Pending!, returnUrl);
        return PortalAuthentication.SecondFactorPath;
    }

    /// <summary>What the second page may ask for; null when the first step must be done again.</summary>
    public async Task<(SecondFactorState State, string ReturnUrl)?> FindPendingAsync(HttpContext http, CancellationToken cancellationToken) =>
        cookies.ReadPending(http) is { } carried && await completeSignIn.FindAsync(carried.Pending, cancellationToken) is { } state
            ? (state, carried.ReturnUrl)
            : null;

    /// <returns>The local address to redirect to.</returns>
    public async Task<Outcome<string>> CompleteAsync(
        HttpContext http, string? code, bool isRecoveryCode, bool remember, CancellationToken cancellationToken)
    {
        if (cookies.ReadPending(http) is not { } carried)
            return CompleteSignIn.Expired;
        var request = new CompleteSignInRequest(
            carried.Pending, code, isRecoveryCode, remember, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent);
        var outcome = await completeSignIn.HandleAsync(request, cancellationToken);
        if (!outcome.Succeeded)
        {
            logger.SignInRefused(outcome.Failure.Code);
            return outcome.Failure;
        }

        if (outcome.Value.Device is { } device)
            cookies.WriteDevice(http, device, time.GetUtcNow());
        return await EnterAsync(http, outcome.Value.Session, carried.ReturnUrl, cancellationToken);
    }

    /// <summary>Gives the browser the session that a use case has opened, however the person proved who they are.</summary>
    /// <returns>The local address to redirect to.</returns>
    public async Task<string> EnterAsync(HttpContext http, OpenedSession session, string? returnUrl, CancellationToken cancellationToken)
    {
        // A browser has one session: the one that it had before ends here.
        if (http.User.FindSessionId() is { } former)
            await signOut.HandleAsync(former, cancellationToken);
        cookies.DropPending(http);
        await http.SignInAsync(
            PortalSchemes.Cookie,
            PortalPrincipal.ForSession(new ValidSession(session.SessionId, session.UserId, session.Email, session.Role, session.ExpiresAt, session.FreshUntil)),
            new AuthenticationProperties { IsPersistent = true, ExpiresUtc = session.ExpiresAt, AllowRefresh = false });
        logger.SignedIn(session.UserId, session.SessionId);
        return LocalUrl.OrHome(returnUrl);
    }

    /// <summary>Makes the first admin and signs in as that admin.</summary>
    /// <returns>The local address to redirect to.</returns>
    public async Task<Outcome<string>> SetUpAsync(
        HttpContext http, string? setupToken, string? email, string? password, CancellationToken cancellationToken)
    {
        var created = await createFirstAdmin.HandleAsync(
            new CreateFirstAdminRequest(setupToken, email, password, http.Connection.RemoteIpAddress), cancellationToken);
        if (!created.Succeeded)
            return created.Failure;
        logger.FirstAdminMade(created.Value.UserId);
        return await SignInAsync(http, created.Value.Email, password, null, cancellationToken);
    }

    /// <summary>Whether the set-up page should show its form.</summary>
    public Task<bool> CanSetUpAsync(HttpContext http, string? setupToken, CancellationToken cancellationToken) =>
        createFirstAdmin.IsLinkValidAsync(setupToken, http.Connection.RemoteIpAddress, cancellationToken);

    public async Task SignOutAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.User.FindSessionId() is { } sessionId)
        {
            // The owner need not wait for the clock to see that nobody looks any more.
            if (http.User.FindView() is { } view)
                await endView.HandleAsync(http.User.GetActor(), view.GrantId, cancellationToken);
            await signOut.HandleAsync(sessionId, cancellationToken);
            logger.SignedOut(sessionId);
        }

        await http.SignOutAsync(PortalSchemes.Cookie);
    }
}
