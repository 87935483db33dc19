using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>An invitation: a password makes the account and signs in.</summary>
public sealed partial class InvitePage
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
    private AcceptInvite AcceptInvite { get; set; } = null!;

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var found = await CheckLink.HandleAsync(new CheckLinkRequest(AccountLinkKind.Invite, Token, HttpContext.Connection.RemoteIpAddress), Leaving);
        (link, ended) = (found.Value, found.Failure);
    }

    private async Task SubmitAsync()
    {
        var made = await AcceptInvite.HandleAsync(
            new AcceptInviteRequest(Token, Input?.Password, HttpContext.Connection.RemoteIpAddress), Leaving);
        if (made.Succeeded)
        {
            var entered = await Flow.SignInAsync(HttpContext, made.Value.Email, Input?.Password, null, Leaving);
            Navigation.NavigateTo(entered.Value ?? SignInNotice.PathFor(SignInNotice.Made));
        }
        else if (made.Failure.Code == "link_ended")
        {
            ended = made.Failure;
        }
        else
        {
            failure = made.Failure;
        }
    }
}
