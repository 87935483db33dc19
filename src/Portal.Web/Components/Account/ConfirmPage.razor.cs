using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>Step-up: asks for a fresh proof, then leads back to the act that needed it.</summary>
public sealed partial class ConfirmPage
{
    private SecondFactorState? state;
    private Failure? failure;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary><c>recovery</c>: asks for a recovery code.</summary>
    [SupplyParameterFromQuery(Name = "use")]
    public string? Use { get; set; }

    /// <summary><c>tab</c>: another tab waits, and this one has nowhere to go back to.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "confirm")]
    public ConfirmInput? Input { get; set; }

    [Inject]
    private ConfirmIdentity Confirm { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>What the form asks for; null for an account whose passkeys are its only factor.</summary>
    private ProofKind? Kind => state switch
    {
        null => null,
        { IsOn: false } => ProofKind.Password,
        _ when string.Equals(Use, "recovery", StringComparison.Ordinal) => ProofKind.RecoveryCode,
        { HasAuthenticator: true } => ProofKind.Totp,
        _ => null,
    };

    private bool InTab => string.Equals(Done, "tab", StringComparison.Ordinal);

    /// <summary>Where the proof leads.</summary>
    private string Next => InTab ? "/account/confirmed" : LocalUrl.OrHome(ReturnUrl);

    private string? Otherwise => Kind switch
    {
        null => null,
        ProofKind.Password => "or with your password",
        ProofKind.Totp => "or with your authenticator app",
        _ => "or with a recovery code",
    };

    private string? Invalid => failure is null ? null : "true";

    private string? Described => failure is null ? null : "proof-failure";

    protected override async Task OnInitializedAsync()
    {
        var found = await Confirm.FindAsync(await SignedIn.ActorAsync(), Leaving);
        if (found.Succeeded)
            state = found.Value;
        else
            Navigation.NotFound();
    }

    private async Task SubmitAsync()
    {
        if (Kind is not { } kind)
            return;
        var request = new ConfirmIdentityRequest(kind, Input?.Proof, HttpContext.Connection.RemoteIpAddress);
        var outcome = await Confirm.HandleAsync(await SignedIn.ActorAsync(), request, Leaving);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Next);
        else
            failure = outcome.Failure;
    }

    private string PathTo(string? use) =>
        (InTab ? $"{StepUp.ConfirmPath}?done=tab" : StepUp.PathFor(LocalUrl.OrHome(ReturnUrl))) + (use is null ? string.Empty : $"&use={use}");
}

/// <summary>What the page posts; never put back into it.</summary>
public sealed class ConfirmInput
{
    public string? Proof { get; set; }
}
