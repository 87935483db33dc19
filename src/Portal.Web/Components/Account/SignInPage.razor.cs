using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Web.Identity;

namespace Portal.Web.Components.Account;

public sealed partial class SignInPage
{
    private Failure? failure;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>What was done before, as <see cref="SignInNotice"/> words it.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [SupplyParameterFromForm]
    public Credentials? Input { get; set; }

    [Inject]
    private SignInFlow Flow { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized()
    {
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(LocalUrl.OrHome(ReturnUrl));
        }
    }

    private async Task SubmitAsync()
    {
        var outcome = await Flow.SignInAsync(HttpContext, Input?.Email, Input?.Password, ReturnUrl, Leaving);
        if (outcome.Succeeded)
        {
            Navigation.NavigateTo(outcome.Value);
        }
        else
        {
            failure = outcome.Failure;
        }
    }
}

/// <summary>What an account form posts. The password is never put back into a page.</summary>
public sealed class Credentials
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}
