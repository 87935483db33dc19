using Microsoft.AspNetCore.Components;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Admin;

/// <summary>Everybody's mail, as far as the server knows it. Filters, time, page and the message looked at stand in the URL.</summary>
public sealed partial class ProcessingLogPage
{
    private readonly SignedIn signedIn;
    private readonly NavigationManager navigation;
    private readonly TimeProvider time;
    private LogQuery query = LogQuery.Parse(null, null, null, null, null);
    private bool allowed;
    private bool isLive = true;

    public ProcessingLogPage(SignedIn signedIn, NavigationManager navigation, TimeProvider time) =>
        (this.signedIn, this.navigation, this.time) = (signedIn, navigation, time);

    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    public string? Code { get; set; }

    [SupplyParameterFromQuery(Name = "domain")]
    public string? Domain { get; set; }

    [SupplyParameterFromQuery(Name = "address")]
    public string? Address { get; set; }

    [SupplyParameterFromQuery(Name = "ip")]
    public string? PeerIp { get; set; }

    [SupplyParameterFromQuery(Name = "vaultbox")]
    public string? Vaultbox { get; set; }

    [SupplyParameterFromQuery(Name = "message")]
    public string? Message { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    /// <summary>The message whose way is shown beside the list.</summary>
    [SupplyParameterFromQuery(Name = "passport")]
    public Guid? Passport { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        query = LogQuery.Parse(Range, Stage, Outcome, Text, After).WithFields(new LogFields
        {
            From = From, To = To, Code = Code, Domain = Domain, Address = Address, PeerIp = PeerIp, VaultboxId = Vaultbox, Message = Message,
        }, time.GetUtcNow());
        allowed = (await signedIn.UserAsync()).IsAdmin;
        if (!allowed)
        {
            // The log's use case would answer a user's own rows; this page is the admin's, so to anyone else it is not there.
            navigation.NotFound();
        }
    }

    private static string UrlOf(LogQuery query) => SavedViews.Path + query.ToQuery();

    private void Show(LogQuery next) => navigation.NavigateTo(UrlOf(next), replace: true);
}
