using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.SignUp;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Admin;

/// <summary>Who was invited, and the way to invite. For anybody but an admin it is not there.</summary>
public sealed partial class InvitesPage
{
    private const string Path = "/admin/invites";

    private InviteList? page;
    private CreatedInvite? created;
    private Failure? failure;

    /// <summary>The last invitation of the page before.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public Guid? After { get; set; }

    /// <summary>Set once one was taken back.</summary>
    [SupplyParameterFromQuery(Name = "revoked")]
    public string? Revoked { get; set; }

    [SupplyParameterFromForm]
    public InviteForm? Input { get; set; }

    [Inject]
    private CreateInvite CreateInvite { get; set; } = null!;

    [Inject]
    private ListInvites ListInvites { get; set; } = null!;

    [Inject]
    private RevokeInvite RevokeInvite { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (page is null)
        {
            Navigation.NotFound();
        }
    }

    private static string NameOf(Role role) => role switch { Role.Admin => "Administrator", Role.Support => "Support", _ => "User" };

    private static (string Kind, string Symbol, string Text) Look(InviteState state) => state switch
    {
        InviteState.Waiting => ("info", "hourglass", "Waiting"),
        InviteState.Accepted => ("ok", "circle-check", "Accepted"),
        InviteState.Revoked => ("neutral", "undo-2", "Taken back"),
        _ => ("neutral", "clock", "Expired"),
    };

    private async Task LoadAsync() => page = (await ListInvites.HandleAsync(await SignedIn.ActorAsync(), new ListInvitesRequest(After: After), Leaving)).Value;

    private async Task InviteAsync()
    {
        var form = Input ?? new InviteForm();
        var invited = await CreateInvite.HandleAsync(await SignedIn.ActorAsync(), new CreateInviteRequest(form.Email, form.Role), Leaving);
        if (!invited.Succeeded)
        {
            if (!Navigation.RedirectIfNeeded(invited.Failure))
            {
                failure = invited.Failure;
            }

            return;
        }

        // Shown in this answer and not after a redirect: the link is a credential, and no address or cookie is to carry it. Sending
        // the form again invites anew and ends this link.
        created = invited.Value;
        Input = null;
        await LoadAsync();
    }

    private async Task RevokeAsync(Guid id)
    {
        var revoked = await RevokeInvite.HandleAsync(await SignedIn.ActorAsync(), new RevokeInviteRequest(id), Leaving);
        failure = revoked.Failure;
        if (revoked.Succeeded)
        {
            Navigation.NavigateTo($"{Path}?revoked=yes");
        }
    }
}

public sealed class InviteForm
{
    public string? Email { get; set; }

    public Role Role { get; set; }
}
