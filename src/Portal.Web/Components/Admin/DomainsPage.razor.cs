using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Admin;

/// <summary>Every account's domains, for admins; to anyone else it is not there.</summary>
public sealed partial class DomainsPage
{
    private FoundDomains? page;
    private Failure? failure;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromForm(FormName = "add-domain")]
    public AddDomainForm? Input { get; set; }

    [Inject]
    private FindDomains FindDomains { get; set; } = null!;

    [Inject]
    private AddDomain AddDomain { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsNarrowed => !string.IsNullOrWhiteSpace(Text) || StateText is "proved" or "unproved" or "shared";

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        VerificationStatus? status = StateText switch { "proved" => VerificationStatus.Verified, "unproved" => VerificationStatus.Pending, _ => null };
        var request = new FindDomainsRequest(Text, status, StateText == "shared", After: After);
        var found = await FindDomains.HandleAsync(actor, request, Leaving);
        if (found.Failure?.Code == "cursor_malformed")
            found = await FindDomains.HandleAsync(actor, request with { After = null }, Leaving);
        page = found.Value;
        if (page is null)
            Navigation.NotFound();
    }

    private async Task AddAsync()
    {
        var added = await AddDomain.HandleAsync(
            await SignedIn.ActorAsync(), new AddDomainRequest(Input?.Domain, Input?.Owner, Verified: false, Shared: false), Leaving);
        if (added.Succeeded)
            Navigation.NavigateTo($"/admin/domains/{added.Value.Id}");
        else if (!Navigation.RedirectIfNeeded(added.Failure))
            failure = added.Failure;
    }
}

public sealed class AddDomainForm
{
    public string? Domain { get; set; }

    public string? Owner { get; set; }
}
