using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Admin;

public sealed partial class ProcessingLogPage
{
    private static readonly (string Label, string? Outcome)[] Views =
        [("All mail", null), ("Held up", LogOutcomes.Deferred), ("Refused", LogOutcomes.Refused)];

    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private LogQuery query = LogQuery.Parse(null, null, null, null, null);
    private bool allowed;

    public ProcessingLogPage(SignedIn signedIn, NavigationManager navigation)
    {
        this.signedIn = signedIn;
        this.navigation = navigation;
    }

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>The message whose way is shown beside the list.</summary>
    [SupplyParameterFromQuery(Name = "passport")]
    public Guid? Passport { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        query = LogQuery.Parse(Range, Stage, Outcome, Text, After);
        allowed = (await signedIn.UserAsync()).IsAdmin;
        if (!allowed)
        {
            // The log's use case would answer a user's own rows; this page is the admin's, so to anyone else it is not there.
            navigation.NotFound();
        }
    }

    private static string UrlOf(LogQuery query) => "/admin/processing-log" + query.ToQuery();

    private void Show(LogQuery next) => navigation.NavigateTo(UrlOf(next), replace: true);
}
