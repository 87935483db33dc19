using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account.Security;

/// <summary>The browsers that need not show the second factor; one or all can be forgotten.</summary>
public sealed partial class RememberedDevicesSection
{
    private Failure? failure;

    [Parameter, EditorRequired]
    public required SecondFactorsView Factors { get; set; }

    /// <summary>After a change that the other sections show too.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [SupplyParameterFromForm(FormName = "devices")]
    public DeviceInput? Input { get; set; }

    [Inject]
    private ForgetDevice Forget { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private static string NameOf(RememberedDeviceView device) => DeviceName.Of(device.UserAgent);

    private async Task ForgetAsync()
    {
        var outcome = await Forget.HandleAsync(await SignedIn.ActorAsync(), Input?.Device, Leaving);
        failure = outcome.Failure;
        if (outcome.Succeeded)
            await Changed.InvokeAsync();
        else
            Navigation.RedirectIfNeeded(failure);
    }
}

/// <summary>Which browser to forget; without one, all.</summary>
public sealed class DeviceInput
{
    public Guid? Device { get; set; }
}
