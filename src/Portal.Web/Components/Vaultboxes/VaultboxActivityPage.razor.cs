using Microsoft.AspNetCore.Components;
using Portal.Web.Components.Log;

namespace Portal.Web.Components.Vaultboxes;

/// <summary>What became of one vaultbox's mail; the filters and the message that is looked at stand in the URL.</summary>
public sealed partial class VaultboxActivityPage
{
    /// <summary>An owner's mail is less than a server's: a day would often be empty.</summary>
    private const string WholeRange = "30d";

    private readonly NavigationManager navigation;
    private LogQuery query = LogQuery.Parse(WholeRange, null, null, null, null);

    public VaultboxActivityPage(NavigationManager navigation) => this.navigation = navigation;

    [Parameter]
    public Guid Id { get; set; }

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

    /// <summary>The message whose technical view is open.</summary>
    [SupplyParameterFromQuery(Name = "passport")]
    public Guid? Passport { get; set; }

    protected override void OnParametersSet() => query = LogQuery.Parse(Range ?? WholeRange, Stage, Outcome, Text, After);

    private string UrlOf(LogQuery wanted, Guid? passport)
    {
        var parameters = wanted.ToQuery(passport);
        // What is the default there is none here.
        if (wanted.Range == LogQuery.DefaultRange)
            parameters += $"{(parameters.Length == 0 ? '?' : '&')}range={LogQuery.DefaultRange}";
        return $"/vaultboxes/{Id}/activity{parameters}";
    }

    private void Show(LogQuery next) => navigation.NavigateTo(UrlOf(next, null), replace: true);
}
