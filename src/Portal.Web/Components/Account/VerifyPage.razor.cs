using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>The link that proves a new account's address. Looking at it uses nothing up.</summary>
public sealed partial class VerifyPage
{
    private CheckedLink? link;
    private Failure? ended;
    private Failure? failure;

    [Parameter]
    public string? Token { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm]
    public Credentials? Input { get; set; }

    [Inject]
    private CheckLink CheckLink { get; set; } = null!;

    [Inject]
    private VerifyEmail VerifyEmail { get; set; } = null!;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var found = await CheckLink.HandleAsync(
            new CheckLinkRequest(AccountLinkKind.VerifyEmail, Token, HttpContext.Connection.RemoteIpAddress), Leaving);
        (link, ended) = (found.Value, found.Failure);
    }

    private async Task SubmitAsync()
    {
        var verified = await VerifyEmail.HandleAsync(
            new VerifyEmailRequest(Token, Input?.Password, HttpContext.Connection.RemoteIpAddress), Leaving);
        if (verified.Succeeded)
        {
            var entered = await Flow.SignInAsync(HttpContext, verified.Value.Email, Input?.Password, null, Leaving);
            Navigation.NavigateTo(entered.Value ?? SignInNotice.PathFor(SignInNotice.Verified));
        }
        else if (verified.Failure.Code == "link_ended")
        {
            ended = verified.Failure;
        }
        else
        {
            failure = verified.Failure;
        }
    }
}
