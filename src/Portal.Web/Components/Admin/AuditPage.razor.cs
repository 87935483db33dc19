using Microsoft.AspNetCore.Components;
using Portal.Platform.Audit;
using Portal.Web.Components.Shared;
using Portal.Web.Provisioning.Audit;
using AuditRows = Portal.Platform.Audit.AuditPage;

namespace Portal.Web.Components.Admin;

/// <summary>Who did what to what, and whether the chain of it is whole. To anyone but an admin it is not there.</summary>
public sealed partial class AuditPage
{
    private AuditUrl url = AuditUrl.Parse(null, null, null, null, null);
    private AuditRows? page;
    private AuditState? state;

    [SupplyParameterFromQuery(Name = "act")]
    public string? Act { get; set; }

    /// <summary>E-mail address or pseudonym.</summary>
    [SupplyParameterFromQuery(Name = "person")]
    public string? Person { get; set; }

    /// <summary>Id of a thing.</summary>
    [SupplyParameterFromQuery(Name = "target")]
    public string? Target { get; set; }

    /// <summary>First day, UTC.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Last day, UTC.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    /// <summary>The entry that stands open.</summary>
    [SupplyParameterFromQuery(Name = "entry")]
    public long? Entry { get; set; }

    [Inject]
    private ListAudit ListAudit { get; set; } = null!;

    [Inject]
    private GetAuditCheck GetAuditCheck { get; set; } = null!;

    [Inject]
    private CheckAudit CheckAudit { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        url = AuditUrl.Parse(Act, Person, Target, From, To, Before, Entry);
        var actor = await SignedIn.ActorAsync();
        var found = await ListAudit.HandleAsync(actor, new ListAuditRequest(url.ToFilter(), BeforeSeq: url.Before), Leaving);
        state = (await GetAuditCheck.HandleAsync(actor, Leaving)).Value;
        page = found.Value;
        if (page is null || state is null)
            Navigation.NotFound();
    }

    private async Task CheckAsync()
    {
        var actor = await SignedIn.ActorAsync();
        if ((await CheckAudit.HandleAsync(actor, Leaving)).Succeeded)
            state = (await GetAuditCheck.HandleAsync(actor, Leaving)).Value;
    }

    private string ExportOf(string format) => (url with { Before = null, Entry = null }).On($"/api/v1/audit.{format}");

    private static string UrlOf(AuditUrl other) => other.On(AuditUrl.Page);
}
