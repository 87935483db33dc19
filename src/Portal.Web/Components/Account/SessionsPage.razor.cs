using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.Sessions;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Account;

/// <summary>Where the account is signed in, and the way to end it there.</summary>
public sealed partial class SessionsPage
{
    /// <summary>A session's last use is written this often, so a shorter pause does not show.</summary>
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(5);

    private IReadOnlyList<ListedSession> sessions = [];
    private Failure? failure;

    /// <summary>What was done before this page was loaded again: <c>one</c>, or how many.</summary>
    [SupplyParameterFromQuery(Name = "ended")]
    public string? Done { get; set; }

    [Inject]
    private ListSessions ListSessions { get; set; } = null!;

    [Inject]
    private EndSession EndSession { get; set; } = null!;

    [Inject]
    private EndOtherSessions EndOtherSessions { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string DoneText => Done switch
    {
        "one" => "That session has ended.",
        "0" => "There was no other session. Remembered browsers are asked for the second factor again.",
        _ => int.TryParse(Done, out var count) && count > 0 ? $"{Amounts.Count(count, "other session has", "other sessions have")} ended." : "Done.",
    };

    protected override async Task OnInitializedAsync()
    {
        var listed = await ListSessions.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        sessions = listed.Value ?? [];
        failure = listed.Failure;
    }

    private static string Symbol(ListedSession session) => DeviceName.IsHandheld(session.UserAgent) ? "smartphone" : "laptop";

    private static string Method(string method) => method switch
    {
        AuthMethods.Passkey => "a passkey",
        AuthMethods.PasswordAndTotp => "password and code",
        AuthMethods.PasswordAndRecovery => "password and recovery code",
        AuthMethods.PasswordAndDevice => "password, in a remembered browser",
        _ => "password",
    };

    private bool IsHereNow(ListedSession session) => session.IsCurrent || Time.GetUtcNow() - session.LastSeenAt <= SeenInterval;

    private async Task EndAsync(Guid sessionId)
    {
        var ended = await EndSession.HandleAsync(await SignedIn.ActorAsync(), sessionId, Leaving);
        failure = ended.Failure;
        if (ended.Succeeded)
            Navigation.NavigateTo("/account/sessions?ended=one");
    }

    private async Task EndOthersAsync()
    {
        var ended = await EndOtherSessions.HandleAsync(await SignedIn.ActorAsync(), Leaving);
        failure = ended.Failure;
        if (ended.Succeeded)
            Navigation.NavigateTo(FormattableString.Invariant($"/account/sessions?ended={ended.Value.Sessions}"));
    }
}
