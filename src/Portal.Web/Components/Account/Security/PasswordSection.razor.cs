using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account.Security;

/// <summary>A new password. The current one is asked for unless the person was asked lately who they are.</summary>
public sealed partial class PasswordSection
{
    private Failure? failure;
    private PasswordChanged? changed;
    private bool fresh;

    [Parameter, EditorRequired]
    public required SecondFactorsView Factors { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordInput? Input { get; set; }

    [Inject]
    private ChangePassword ChangePassword { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Hint => Factors.State.IsOn
        ? $"{PasswordRules.LeastLengthWithSecondFactor} characters or more, since you have a second factor; {PasswordRules.LeastLength} or more can stand alone."
        : $"{PasswordRules.LeastLength} characters or more, and not a common one. A few words in a row are easy to remember.";

    private bool IsAboutCurrent => string.Equals(failure?.Code, "current_password_wrong", StringComparison.Ordinal);

    private bool IsAboutNew => failure is { } refused && refused.Code.StartsWith("password_", StringComparison.Ordinal);

    protected override async Task OnInitializedAsync() => fresh = (await SignedIn.ActorAsync()).IsFresh(Time.GetUtcNow());

    private async Task SubmitAsync()
    {
        var request = new ChangePasswordRequest(Input?.Current, Input?.New, HttpContext.Connection.RemoteIpAddress);
        var outcome = await ChangePassword.HandleAsync(await SignedIn.ActorAsync(), request, Leaving);
        changed = outcome.Value;
        failure = outcome.Failure;
        Navigation.RedirectIfNeeded(failure);
    }

    private static string Ended(int sessions) => sessions switch
    {
        0 => "There was no other session.",
        1 => "One other session was ended.",
        _ => $"{sessions} other sessions were ended.",
    };
}

/// <summary>What the form posts; never put back into it.</summary>
public sealed class PasswordInput
{
    public string? Current { get; set; }

    public string? New { get; set; }
}
