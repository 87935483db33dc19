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
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        else
            failure = outcome.Failure;
    }

    private string PathTo(string? use) =>
        StepUp.PathFor(LocalUrl.OrHome(ReturnUrl)) + (use is null ? string.Empty : $"&use={use}");
}

/// <summary>What the page posts; never put back into it.</summary>
public sealed class ConfirmInput
{
    public string? Proof { get; set; }
}
