using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SecondFactor.Passkeys;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account.Security;

/// <summary>The account's passkeys: added by script, renamed and removed without.</summary>
public sealed partial class PasskeysSection
{
    private const string Here = "/account/security";

    private IReadOnlyList<PasskeyView> passkeys = [];
    private Failure? failure;

    /// <summary>After a change that the other sections show too.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    /// <summary>The passkey whose row is open for a change.</summary>
    [SupplyParameterFromQuery(Name = "passkey")]
    public Guid? Editing { get; set; }

    [SupplyParameterFromForm]
    public PasskeyInput? Input { get; set; }

    [Inject]
    private ListPasskeys List { get; set; } = null!;

    [Inject]
    private RenamePasskey Rename { get; set; } = null!;

    [Inject]
    private RemovePasskey Remove { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string PathTo(PasskeyView passkey) => $"{Here}?passkey={passkey.Id}";

    private async Task LoadAsync()
    {
        var listed = await List.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        passkeys = listed.Succeeded ? listed.Value : [];
    }

    private async Task RenameAsync() => await AfterAsync(await Rename.HandleAsync(
        await SignedIn.ActorAsync(), new RenamePasskeyRequest(Input?.Passkey ?? Guid.Empty, Input?.Name), Leaving));

    private async Task RemoveAsync() => await AfterAsync(await Remove.HandleAsync(
        await SignedIn.ActorAsync(), Input?.Passkey ?? Guid.Empty, Leaving));

    private async Task AfterAsync(Outcome<string> outcome)
    {
        failure = outcome.Failure;
        if (Navigation.RedirectIfNeeded(failure) || !outcome.Succeeded)
            return;
        Editing = null;
        await LoadAsync();
        await Changed.InvokeAsync();
    }
}

/// <summary>What the forms of a passkey's row post.</summary>
public sealed class PasskeyInput
{
    public Guid? Passkey { get; set; }

    public string? Name { get; set; }
}
