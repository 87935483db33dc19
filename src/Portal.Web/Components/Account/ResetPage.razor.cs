using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Web.Components.Account;

/// <summary>The mailed link to a new password. It signs nobody in: sign-in asks for the second factor where there is one.</summary>
public sealed partial class ResetPage
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
    private ResetPassword ResetPassword { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var found = await CheckLink.HandleAsync(
            new CheckLinkRequest(AccountLinkKind.ResetPassword, Token, HttpContext.Connection.RemoteIpAddress), Leaving);
        (link, ended) = (found.Value, found.Failure);
    }

    private async Task SubmitAsync()
    {
        var reset = await ResetPassword.HandleAsync(
            new ResetPasswordRequest(Token, Input?.Password, HttpContext.Connection.RemoteIpAddress), Leaving);
        if (reset.Succeeded)
        {
            Navigation.NavigateTo(SignInNotice.PathFor(SignInNotice.Reset));
        }
        else if (reset.Failure.Code == "link_ended")
        {
            ended = reset.Failure;
        }
        else
        {
            failure = reset.Failure;
        }
    }
}
