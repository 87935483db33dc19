using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

/// <summary>The one-time link that <c>./portal up</c> prints: makes the first admin and signs in.</summary>
public sealed partial class SetUpPage
{
    private Failure? failure;
    private bool? usable;

    [Parameter]
    public string? Token { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromForm]
    public Credentials? Input { get; set; }

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync() => usable = await Flow.CanSetUpAsync(HttpContext, Token, Leaving);

    private async Task SubmitAsync()
    {
        var outcome = await Flow.SetUpAsync(HttpContext, Token, Input?.Email, Input?.Password, Leaving);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo("/set-up/domain");
        }
        else
        {
            failure = outcome.Failure;
            usable = failure.Code is not ("setup_link_invalid" or "admin_exists");
        }
    }

    private bool IsAbout(string field) => failure?.Code.StartsWith(field, StringComparison.Ordinal) == true;
}
