using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Platform.SystemMail;
using Portal.Web.Components.Shared;
using Portal.Web.Identity;
using Portal.Web.SystemMail;

namespace Portal.Web.Components.Admin;

/// <summary>The portal's own messages and where they stand; the text of one that waits, on demand and after step-up.</summary>
public sealed partial class SystemMailPage
{
    private SystemMailRows? page;
    private ReadableSystemMail? shown;
    private Failure? failure;

    [SupplyParameterFromQuery(Name = "before")]
    public Guid? Before { get; set; }

    /// <summary>The message whose text is wanted.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public Guid? Show { get; set; }

    [SupplyParameterFromQuery(Name = "done")]
    public string? Done { get; set; }

    [Inject]
    private ListSystemMail ListSystemMail { get; set; } = null!;

    [Inject]
    private ReadSystemMail ReadSystemMail { get; set; } = null!;

    [Inject]
    private RetrySystemMail RetrySystemMail { get; set; } = null!;

    [Inject]
    private IOptions<SystemMailOptions> Options { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsConfigured => Options.Value.IsConfigured;

    protected override async Task OnInitializedAsync()
    {
        var actor = await SignedIn.ActorAsync();
        page = (await ListSystemMail.HandleAsync(actor, new ListSystemMailRequest(Before: Before), Leaving)).Value;
        if (page is null)
        {
            Navigation.NotFound();
            return;
        }

        if (Show is not { } id)
            return;
        var read = await ReadSystemMail.HandleAsync(actor, id, Leaving);
        if (!Navigation.RedirectIfNeeded(read.Failure))
            (shown, failure) = (read.Value, read.Failure);
    }

    private static bool IsReadable(ListedSystemMail message) =>
        message is { HasBody: true, State: SystemMessageState.Held or SystemMessageState.Failed };

    /// <summary>What the page says above the list is not said again in each row.</summary>
    private static string? ReasonOf(ListedSystemMail message) =>
        string.Equals(message.LastError, DeliverSystemMail.NotConfigured, StringComparison.Ordinal) ? null : message.LastError;

    private static (string Kind, string Symbol, string Text) Words(ListedSystemMail message) => message.State switch
    {
        SystemMessageState.Sent => ("ok", "send", "Sent"),
        SystemMessageState.Sealed => ("ok", "mail-check", "Sealed into its vaultbox"),
        SystemMessageState.Held => ("warn", "pause", "Waits here"),
        SystemMessageState.Failed => ("error", "circle-x", "Not delivered"),
        _ => message.Attempts == 0 ? ("neutral", "hourglass", "On its way") : ("warn", "clock", "Tried, will try again"),
    };

    private async Task RetryAsync(Guid id)
    {
        var retried = await RetrySystemMail.HandleAsync(await SignedIn.ActorAsync(), id, Leaving);
        failure = retried.Failure;
        if (retried.Succeeded)
            Navigation.NavigateTo("/admin/system-mail?done=retry");
    }
}
