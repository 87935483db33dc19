using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Admin;

/// <summary>One domain, for admins: whose it is, and the acts on it. To anyone else it is not there.</summary>
public sealed partial class DomainPage
{
    private FoundDomain? domain;
    private Failure? failure;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>What was done before this page was loaded again.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? DoneText { get; set; }

    [SupplyParameterFromForm(FormName = "verify")]
    public ReasonForm? VerifyInput { get; set; }

    [SupplyParameterFromForm(FormName = "share")]
    public ShareForm? ShareInput { get; set; }

    [Inject]
    private FindDomains FindDomains { get; set; } = null!;

    [Inject]
    private VerifyDomain VerifyDomain { get; set; } = null!;

    [Inject]
    private ShareDomain ShareDomain { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Done => DoneText switch
    {
        "verified" when domain!.VerificationStatus == VerificationStatus.Verified => "The domain is verified. Its owner was told by mail.",
        "shared" when domain!.Shared => "Every account can make addresses in it now.",
        "kept" when !domain!.Shared => "Only its owner can make addresses in it now.",
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        domain = (await FindDomains.HandleAsync(await SignedIn.ActorAsync(), new FindDomainsRequest(Id: Id), Leaving)).Value?.Items.SingleOrDefault();
        if (domain is null)
            Navigation.NotFound();
    }

    private async Task VerifyAsync()
    {
        var verified = await VerifyDomain.HandleAsync(await SignedIn.ActorAsync(), new VerifyDomainRequest(Id, VerifyInput?.Reason), Leaving);
        Show(verified.Failure, "verified");
    }

    private async Task ShareAsync()
    {
        var isShared = ShareInput?.Shared ?? false;
        var shared = await ShareDomain.HandleAsync(await SignedIn.ActorAsync(), new ShareDomainRequest(Id, isShared), Leaving);
        Show(shared.Failure, isShared ? "shared" : "kept");
    }

    private void Show(Failure? refusal, string done)
    {
        if (refusal is null)
            Navigation.NavigateTo($"/admin/domains/{Id}?done={done}");
        else if (!Navigation.RedirectIfNeeded(refusal))
            failure = refusal;
    }
}

public sealed class ShareForm
{
    public bool Shared { get; set; }
}
