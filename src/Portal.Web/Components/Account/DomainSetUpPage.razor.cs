using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Domains;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Account;

/// <summary>Second step of set-up, and later the admin's way to add a domain: for an admin only.</summary>
public sealed partial class DomainSetUpPage
{
    private const string ReasonMissing = "reason_missing";

    private IReadOnlyList<ListedDomain> domains = [];
    private Failure? failure;
    private bool allowed;

    [SupplyParameterFromForm]
    public DomainForm? Input { get; set; }

    [Inject]
    private AddDomain AddDomain { get; set; } = null!;

    [Inject]
    private ListDomains ListDomains { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<DomainSetUpPage> Logger { get; set; } = null!;

    private bool HasVerified => domains.Any(IsVerified);

    private bool IsAboutReason => failure?.Code == ReasonMissing;

    protected override async Task OnInitializedAsync()
    {
        allowed = (await SignedIn.UserAsync()).IsAdmin;
        if (allowed)
        {
            await LoadAsync();
        }
        else
        {
            Navigation.NotFound();
        }
    }

    private static bool IsVerified(ListedDomain domain) => domain.VerificationStatus == VerificationStatus.Verified;

    private async Task SubmitAsync()
    {
        var form = Input ?? new DomainForm();
        if (form.Verified && string.IsNullOrWhiteSpace(form.Reason))
        {
            failure = new Failure(ReasonMissing, "Say in a few words why you may use it, or leave it unverified.");
            return;
        }

        var user = await SignedIn.UserAsync();
        var added = await AddDomain.HandleAsync(
            await SignedIn.ActorAsync(), new AddDomainRequest(form.Domain, user.Email, form.Verified, form.Shared), Leaving);
        if (!added.Succeeded)
        {
            failure = added.Failure;
            return;
        }

        AccountPagesLog.DomainAdded(Logger, added.Value.Domain, user.Email, form.Verified, form.Reason);

        // A reload after the answer must not send the form again.
        Navigation.NavigateTo("/set-up/domain");
    }

    private async Task LoadAsync()
    {
        var page = await ListDomains.HandleAsync(await SignedIn.ActorAsync(), new ListDomainsRequest(Limit: 200), Leaving);
        domains = page.Value?.Items ?? [];
    }
}

public sealed class DomainForm
{
    public string? Domain { get; set; }

    public bool Verified { get; set; }

    public string? Reason { get; set; }

    public bool Shared { get; set; }
}
