using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account.Security;

/// <summary>How many recovery codes are left, and new ones.</summary>
public sealed partial class RecoveryCodesSection
{
    private IReadOnlyList<string>? codes;
    private Failure? failure;

    [Parameter, EditorRequired]
    public required SecondFactorsView Factors { get; set; }

    /// <summary>After a change that the other sections show too.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private ReplaceRecoveryCodes Replace { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool RunsOut => Factors.State.RecoveryCodesLeft <= 2;

    private string Left => Factors.State.RecoveryCodesLeft switch
    {
        0 => "None left",
        1 => "1 left",
        var many => $"{many} left",
    };

    private async Task ReplaceAsync()
    {
        var outcome = await Replace.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        codes = outcome.Value?.Codes;
        failure = outcome.Failure;
        if (outcome.Succeeded)
            await Changed.InvokeAsync();
        else
            Navigation.RedirectIfNeeded(failure);
    }
}
