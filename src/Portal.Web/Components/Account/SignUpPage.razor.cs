using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Web.Components.Account;

/// <summary>Where anybody may, makes an account; what it answers does not tell whether there is one.</summary>
public sealed partial class SignUpPage
{
    internal const string Path = "/account/sign-up";

    /// <summary>Where the link is sent once more.</summary>
    internal const string SentPath = Path + "?sent=before";

    private Failure? failure;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Set once the form was sent.</summary>
    [SupplyParameterFromQuery(Name = "sent")]
    public string? Sent { get; set; }

    [SupplyParameterFromForm]
    public Credentials? Input { get; set; }

    [Inject]
    private SignUpWithEmail SignUp { get; set; } = null!;

    [Inject]
    private ResendVerification Resend { get; set; } = null!;

    [Inject]
    private IOptionsMonitor<SignUpOptions> Options { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsOpen => Options.CurrentValue.Mode == SignUpMode.Open;

    private async Task SubmitAsync()
    {
        var request = new SignUpWithEmailRequest(Input?.Email, Input?.Password, HttpContext.Connection.RemoteIpAddress);
        Show(await SignUp.HandleAsync(request, Leaving), "yes");
    }

    private async Task ResendAsync() =>
        Show(await Resend.HandleAsync(new ResendVerificationRequest(Input?.Email, HttpContext.Connection.RemoteIpAddress), Leaving), "again");

    private void Show(Outcome<MailOnItsWay> outcome, string sent)
    {
        failure = outcome.Failure;
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo($"{Path}?sent={sent}");
        }
    }
}
