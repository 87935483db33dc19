using Microsoft.AspNetCore.Components;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Components.Shared;
using Portal.Web.Components.Shell;

namespace Portal.Web.Components.Account;

/// <summary>The account at a glance: who it is, what guards it, where it is signed in.</summary>
public sealed partial class AccountPage
{
    /// <summary>With fewer codes left it is time for new ones.</summary>
    private const int FewCodes = 3;

    private SessionUser? user;
    private SecondFactorsView? factors;
    private int sessions;

    [Inject]
    private GetSecondFactors GetSecondFactors { get; set; } = null!;

    [Inject]
    private ListSessions ListSessions { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    private bool HasFewCodes => factors!.State.RecoveryCodesLeft < FewCodes;

    private string Factors => (factors!.State.HasAuthenticator, factors.State.Passkeys) switch
    {
        (true, 0) => "Authenticator app",
        (true, var passkeys) => $"Authenticator app and {Amounts.Count(passkeys, "passkey", "passkeys")}",
        (false, var passkeys) => Amounts.Count(passkeys, "passkey", "passkeys"),
    };

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        factors = (await GetSecondFactors.HandleAsync(actor, Leaving)).Value;
        sessions = (await ListSessions.HandleAsync(actor, Leaving)).Value?.Count ?? 0;
        user = await SignedIn.UserAsync();
    }
}
