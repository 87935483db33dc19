using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class ActivityList
{
    private readonly ListProcessingLog log;
    private readonly SignedIn signedIn;
    private Page<LogEntryView>? page;
    private (Guid, string?)? loaded;

    public ActivityList(ListProcessingLog log, SignedIn signedIn)
    {
        this.log = log;
        this.signedIn = signedIn;
    }

    [Parameter, EditorRequired]
    public required Guid VaultboxId { get; set; }

    [Parameter]
    public string? After { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == (VaultboxId, After))
        {
            return;
        }

        loaded = (VaultboxId, After);
        var request = new ListProcessingLogRequest(
            await signedIn.VaultActorAsync(), VaultboxId: VaultboxId, Limit: LogQuery.PageSize, After: After);
        page = (await log.HandleAsync(request, Leaving)).Value ?? new Page<LogEntryView>([], null);
    }
}
