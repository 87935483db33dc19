using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Admin;

/// <summary>The admin's list of accounts; to anyone else it is not there.</summary>
public sealed partial class UsersPage
{
    private static readonly AccountStatus[] States = [AccountStatus.Active, AccountStatus.Suspended];

    private FoundUsers? page;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    public string? RoleText { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateText { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [Inject]
    private FindUsers FindUsers { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Role? RoleFilter => Enum.TryParse<Role>(RoleText, out var role) && Enum.IsDefined(role) ? role : null;

    private AccountStatus? StatusFilter => Enum.TryParse<AccountStatus>(StateText, out var status) && States.Contains(status) ? status : null;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        var found = await FindUsers.HandleAsync(actor, new FindUsersRequest(Text, RoleFilter, StatusFilter, After: After), Leaving);
        if (!found.Succeeded && found.Failure.Code == "cursor_malformed")
        {
            found = await FindUsers.HandleAsync(actor, new FindUsersRequest(Text, RoleFilter, StatusFilter), Leaving);
        }

        page = found.Value;
        if (page is null)
        {
            Navigation.NotFound();
        }
    }
}
