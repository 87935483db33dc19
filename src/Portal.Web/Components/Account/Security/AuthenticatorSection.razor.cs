using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account.Security;

/// <summary>Sets an authenticator app up, by QR code or by hand, and removes it.</summary>
public sealed partial class AuthenticatorSection
{
    private EnrolledSecret? enrolled;
    private IReadOnlyList<string>? codes;
    private Failure? failure;
    private Failure? codeFailure;

    [Parameter, EditorRequired]
    public required SecondFactorsView Factors { get; set; }

    /// <summary>After a change that the other sections show too.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [SupplyParameterFromForm(FormName = "authenticator")]
    public AuthenticatorInput? Input { get; set; }

    [Inject]
    private BeginAuthenticator Begin { get; set; } = null!;

    [Inject]
    private ConfirmAuthenticator Confirm { get; set; } = null!;

    [Inject]
    private RemoveAuthenticator Remove { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Task SubmitAsync() => Input?.Act switch
    {
        "begin" => BeginAsync(),
        "confirm" => ConfirmAsync(),
        "remove" => RemoveAsync(),
        _ => Task.CompletedTask,
    };

    private async Task BeginAsync()
    {
        var outcome = await Begin.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        enrolled = outcome.Value;
        failure = outcome.Failure;
        Navigation.RedirectIfNeeded(failure);
    }

    private async Task ConfirmAsync()
    {
        var outcome = await Confirm.HandleAsync(await SignedIn.ActorAsync(), Input?.Code, Leaving);
        if (outcome.Succeeded)
        {
            codes = outcome.Value.RecoveryCodes;
            await Changed.InvokeAsync();
            return;
        }

        if (!string.Equals(outcome.Failure.Code, "code_wrong", StringComparison.Ordinal))
        {
            failure = outcome.Failure;
            Navigation.RedirectIfNeeded(failure);
            return;
        }

        await BeginAsync();
        codeFailure = outcome.Failure;
    }

    private async Task RemoveAsync()
    {
        var outcome = await Remove.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        failure = outcome.Failure;
        if (outcome.Succeeded)
            await Changed.InvokeAsync();
        else
            Navigation.RedirectIfNeeded(failure);
    }
}

/// <summary>What the section's form posts; the code is never put back into the page.</summary>
public sealed class AuthenticatorInput
{
    /// <summary>begin, confirm or remove.</summary>
    public string? Act { get; set; }

    public string? Code { get; set; }
}
