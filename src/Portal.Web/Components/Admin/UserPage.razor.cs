using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;

namespace Portal.Web.Components.Admin;

/// <summary>One account, for admins: its role and state, and the acts on them. To anyone else it is not there.</summary>
public sealed partial class UserPage
{
    private UserDetail? user;
    private Failure? failure;
    private bool isSelf;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>What was done before this page was loaded again.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? DoneText { get; set; }

    /// <summary>The role before the change.</summary>
    [SupplyParameterFromQuery(Name = "was")]
    public string? Was { get; set; }

    [SupplyParameterFromForm(FormName = "role")]
    public RoleForm? RoleInput { get; set; }

    [SupplyParameterFromForm(FormName = "suspend")]
    public ReasonForm? SuspendInput { get; set; }

    [SupplyParameterFromForm(FormName = "factor")]
    public ReasonForm? FactorInput { get; set; }

    [Inject]
    private GetUser GetUser { get; set; } = null!;

    [Inject]
    private ChangeRole ChangeRole { get; set; } = null!;

    [Inject]
    private SuspendUser SuspendUser { get; set; } = null!;

    [Inject]
    private ResetSecondFactor ResetSecondFactor { get; set; } = null!;

    [Inject]
    private RestoreUser RestoreUser { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Done => DoneText switch
    {
        "role" when Enum.TryParse<Role>(Was, out var before) && Enum.IsDefined(before) =>
            $"The role was {UserWords.Role(before)} and is {UserWords.Role(user!.Role)} now.",
        "suspended" when user!.Status == AccountStatus.Suspended => "The account is suspended. Its sessions have ended.",
        "factor" when !user!.HasSecondFactor => "The second factor is gone, and every session has ended. The owner was told by mail.",
        "restored" when user!.Status == AccountStatus.Active => "The account is active again.",
        _ => null,
    };

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        user = (await GetUser.HandleAsync(actor, Id, Leaving)).Value;
        isSelf = Id == actor.UserId;
        if (user is null)
        {
            Navigation.NotFound();
        }
    }

    private async Task ChangeRoleAsync()
    {
        var changed = await ChangeRole.HandleAsync(
            await SignedIn.ActorAsync(), new ChangeRoleRequest(Id, RoleInput?.Role ?? (Role)(-1)), Leaving);
        Show(changed.Failure, $"role&was={changed.Value?.Before}");
    }

    private async Task SuspendAsync()
    {
        var suspended = await SuspendUser.HandleAsync(await SignedIn.ActorAsync(), new SuspendUserRequest(Id, SuspendInput?.Reason), Leaving);
        Show(suspended.Failure, "suspended");
    }

    private async Task ResetFactorAsync()
    {
        var reset = await ResetSecondFactor.HandleAsync(await SignedIn.ActorAsync(), new ResetSecondFactorRequest(Id, FactorInput?.Reason), Leaving);
        Show(reset.Failure, "factor");
    }

    private async Task RestoreAsync()
    {
        var restored = await RestoreUser.HandleAsync(await SignedIn.ActorAsync(), new RestoreUserRequest(Id), Leaving);
        Show(restored.Failure, "restored");
    }

    private void Show(Failure? refusal, string done)
    {
        if (refusal is null)
        {
            // A reload after the answer must not send the form again.
            Navigation.NavigateTo($"/admin/users/{Id}?done={done}");
        }
        else if (!Navigation.RedirectIfNeeded(refusal))
        {
            failure = refusal;
        }
    }
}

public sealed class RoleForm
{
    public Role? Role { get; set; }
}

public sealed class ReasonForm
{
    public string? Reason { get; set; }
}
