using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Web.Components.Account;

/// <summary>Asks for a link to a new password; what it answers does not tell whether there is an account.</summary>
public sealed partial class ForgotPage
{
    internal const string Path = "/account/forgot";

    private Failure? failure;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Set once the form was sent.</summary>
    [SupplyParameterFromQuery(Name = "sent")]
    public string? Sent { get; set; }

    [SupplyParameterFromForm]
    public Credentials? Input { get; set; }

    [Inject]
    private RequestPasswordReset RequestReset { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private async Task SubmitAsync()
    {
        var outcome = await RequestReset.HandleAsync(new RequestPasswordResetRequest(Input?.Email, HttpContext.Connection.RemoteIpAddress), Leaving);
        failure = outcome.Failure;
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo($"{Path}?sent=yes");
        }
    }
}
