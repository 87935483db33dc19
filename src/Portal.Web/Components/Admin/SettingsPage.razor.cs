using Microsoft.AspNetCore.Components;
using Portal.Platform;
using Portal.Platform.Accounts.SignUp;
using Portal.Platform.Settings;
using Portal.Web.Components.Shared;
using Portal.Web.Hosting.StoredSettings;
using Portal.Web.Identity;

namespace Portal.Web.Components.Admin;

/// <summary>What admins change at run time; to anyone else it is not there.</summary>
public sealed partial class SettingsPage
{
    private ShownSettings? settings;
    private Failure? failure;

    /// <summary>The setting that was changed before this page was loaded again.</summary>
    [SupplyParameterFromQuery(Name = "done")]
    public string? DoneText { get; set; }

    [SupplyParameterFromForm]
    public string? Value { get; set; }

    /// <summary>Back to what is configured.</summary>
    [SupplyParameterFromForm]
    public bool Back { get; set; }

    [Inject]
    private PortalSettings Settings { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Done => KnownSettings.All.FirstOrDefault(known => WordsOf(known).Id == DoneText) is { } known
        ? $"{WordsOf(known).Title}: {ChoiceText(settings!.Items.Single(setting => setting.Known == known).Value)}. It holds on every instance within seconds."
        : null;

    protected override async Task OnInitializedAsync()
    {
        settings = (await Settings.ListAsync(await SignedIn.ActorAsync(), Leaving)).Value;
        if (settings is null)
            Navigation.NotFound();
    }

    private async Task ChangeAsync(KnownSetting known)
    {
        var changed = await Settings.ChangeAsync(await SignedIn.ActorAsync(), new ChangeSettingRequest(known.Key, Back ? null : Value ?? ""), Leaving);
        if (changed.Succeeded)
            Navigation.NavigateTo($"/admin/settings?done={WordsOf(known).Id}");
        else if (!Navigation.RedirectIfNeeded(changed.Failure))
            failure = changed.Failure;
    }

    private static (string Id, string Title, string Label, string Hint) WordsOf(KnownSetting known) => known switch
    {
        _ when known == KnownSettings.SignUp => (
            "sign-up", "New accounts", "Who can make one", "Open sign-up asks for an address that can be proved by mail. Accounts that are there stay."),
        _ when known == KnownSettings.InviteDays => (
            "invitations", "Invitations", "Days that an invitation holds", "For invitations that are made from now on. 1 to 30."),
        _ => ("log-days", "Processing log", "Days that it is kept", "Older days are dropped within a day, for good. 7 to 3,650."),
    };

    private static string ChoiceText(string value) => value switch
    {
        nameof(SignUpMode.Off) => "nobody but the operator",
        nameof(SignUpMode.InviteOnly) => "whom an admin invites",
        nameof(SignUpMode.Open) => "anybody with an address",
        _ => value,
    };
}
