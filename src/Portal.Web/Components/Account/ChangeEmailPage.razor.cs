using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.SignUp;

namespace Portal.Web.Components.Account;

/// <summary>The link that went to an account's new address.</summary>
public sealed partial class ChangeEmailPage
{
    private CheckedLink? link;
    private Failure? ended;
    private Failure? failure;

    [Parameter]
    public string? Token { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>Set once it was confirmed.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [Inject]
    private CheckLink CheckLink { get; set; } = null!;

    [Inject]
    private ConfirmEmailChange ConfirmEmailChange { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (Done is not null)
            return;
        var found = await CheckLink.HandleAsync(
            new CheckLinkRequest(AccountLinkKind.ChangeEmail, Token, HttpContext.Connection.RemoteIpAddress), Leaving);
        (link, ended) = (found.Value, found.Failure);
    }

    private async Task SubmitAsync()
    {
        var changed = await ConfirmEmailChange.HandleAsync(
            new ConfirmEmailChangeRequest(Token, HttpContext.Connection.RemoteIpAddress), Leaving);
        if (changed.Succeeded)
        {
            // The used link is worth nothing: it need not stay in the browser's history.
            Navigation.NavigateTo("/account/change-email/done?done=yes");
        }
        else if (changed.Failure.Code == "link_ended")
        {
            ended = changed.Failure;
        }
        else
        {
            failure = changed.Failure;
        }
    }
}
