using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>The second step of signing in. Whoever comes here has given the right password a moment ago.</summary>
public sealed partial class SecondFactorPage
{
    private SecondFactorState? state;
    private Failure? failure;
    private bool ended;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary><c>recovery</c>: asks for a recovery code.</summary>
    [SupplyParameterFromQuery(Name = "use")]
    public string? Use { get; set; }

    [SupplyParameterFromForm(FormName = "second-factor")]
    public SecondFactorInput? Input { get; set; }

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string ReturnUrl => Flow.PendingReturnUrl(HttpContext);

    private bool UsesRecovery => string.Equals(Use, "recovery", StringComparison.Ordinal);

    private string Heading => UsesRecovery ? "Use a recovery code" : state!.HasAuthenticator ? "Enter your code" : "Use your passkey";

    private string Lead => UsesRecovery
        ? "One of the codes that you kept when you set up the second factor. It works once."
        : state!.HasAuthenticator
            ? "Your authenticator app shows six digits for Vaultbox."
            : "This account signs in with a passkey, or with a recovery code.";

    private string? Invalid => failure is null ? null : "true";

    private string? Described => failure is null ? null : "code-failure";

    protected override async Task OnInitializedAsync()
    {
        state = await Flow.FindPendingAsync(HttpContext, Leaving);
        ended = state is null;
        // What was posted needs the form it came from, and is told by its handler that the sign-in has ended.
        if (ended && HttpMethods.IsPost(HttpContext.Request.Method))
        {
            state = new SecondFactorState(true, 0, 0);
            ended = false;
        }
    }

    private async Task SubmitAsync()
    {
        var outcome = await Flow.CompleteAsync(HttpContext, Input?.Code, UsesRecovery, Input?.Remember == true, Leaving);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo(outcome.Value);
            return;
        }

        failure = outcome.Failure;
        ended = failure == CompleteSignIn.Expired;
    }
}

/// <summary>What the second step posts. The code is never put back into a page.</summary>
public sealed class SecondFactorInput
{
    public string? Code { get; set; }

    public bool Remember { get; set; }
}
