using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Support;

namespace Portal.Web.Components.Support;

/// <summary>The mailed link. Opening it answers nothing: scanners of mail follow links too.</summary>
public sealed partial class ConsentPage
{
    private ViewToAnswer? view;
    private Failure? ended;
    private Failure? failure;

    [Parameter]
    public string? Token { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    /// <summary>What was answered: yes or no.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [SupplyParameterFromForm(Name = "answer", FormName = "answer-view")]
    public string? Answer { get; set; }

    [SupplyParameterFromForm(Name = "minutes", FormName = "answer-view")]
    public int? Minutes { get; set; }

    [Inject]
    private AnswerViewByLink ByLink { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (Done is not null)
            return;
        var found = await ByLink.FindAsync(Token, HttpContext.Connection.RemoteIpAddress, Leaving);
        (view, ended) = (found.Value, found.Failure);
    }

    private async Task SubmitAsync()
    {
        if (Answer is not ("yes" or "no"))
            return;
        var answered = await ByLink.HandleAsync(
            new AnswerViewByLinkRequest(Token, Answer == "yes", Minutes, HttpContext.Connection.RemoteIpAddress), Leaving);
        if (answered.Succeeded)
            Navigation.NavigateTo($"/support/consent/done?done={Answer}");
        else
            failure = answered.Failure;
    }
}
