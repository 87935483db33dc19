using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SignUp;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

public sealed partial class EmailSection
{
    private const string Page = "/account/security";

    private EmailState? state;
    private Failure? failure;

    /// <summary>What was done before this page was loaded again.</summary>
    [SupplyParameterFromQuery(Name = "email")]
    public string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "email-change")]
    public Credentials? EmailInput { get; set; }

    [Inject]
    private GetEmailState GetEmailState { get; set; } = null!;

    [Inject]
    private RequestEmailChange RequestEmailChange { get; set; } = null!;

    [Inject]
    private CancelEmailChange CancelEmailChange { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? DoneText => Done switch
    {
        "sent" => "A link is on its way to the new address. Your address changes when you open it.",
        "cancelled" => "The change is cancelled. Its link no longer works.",
        _ => null,
    };

    protected override async Task OnInitializedAsync() => state = (await GetEmailState.HandleAsync(await SignedIn.ActorAsync(), Leaving)).Value;

    private async Task ChangeAsync()
    {
        var asked = await RequestEmailChange.HandleAsync(await SignedIn.ActorAsync(), new RequestEmailChangeRequest(EmailInput?.Email), Leaving);
        if (asked.Succeeded)
        {
            Navigation.NavigateTo($"{Page}?email=sent");
        }
        else if (!Navigation.RedirectIfNeeded(asked.Failure))
        {
            failure = asked.Failure;
        }
    }

    private async Task CancelAsync()
    {
        var cancelled = await CancelEmailChange.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        failure = cancelled.Failure;
        if (cancelled.Succeeded)
        {
            Navigation.NavigateTo($"{Page}?email=cancelled");
        }
    }
}
