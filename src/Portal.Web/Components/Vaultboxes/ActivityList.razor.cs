using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Log;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Vaultboxes;

public sealed partial class ActivityList
{
    private readonly ListProcessingLog log;
    private readonly CountActivity count;
    private readonly SignedIn signedIn;
    private readonly TimeProvider time;
    private Page<LogEntryView>? page;
    private (Guid, LogQuery)? loaded;
    private int rows;

    public ActivityList(ListProcessingLog log, CountActivity count, SignedIn signedIn, TimeProvider time)
    {
        this.log = log;
        this.count = count;
        this.signedIn = signedIn;
        this.time = time;
    }

    [Parameter, EditorRequired]
    public required Guid VaultboxId { get; set; }

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    /// <summary>The page's own address for filters, and for the message looked at.</summary>
    [Parameter, EditorRequired]
    public required Func<LogQuery, Guid?, string> UrlOf { get; set; }

    /// <summary>The message whose technical view is open.</summary>
    [Parameter]
    public Guid? Selected { get; set; }

    private string ExportHref => $"/api/v1/vaultboxes/{VaultboxId}/activity.csv{(Query with { After = null }).ToQuery()}";

    private string ExportLabel => rows < ExportActivity.Most
        ? $"Export {Amounts.Count(rows, "row", "rows")} (CSV)"
        : $"Export the newest {Amounts.Count(rows, "row", "rows")} (CSV)";

    protected override async Task OnParametersSetAsync()
    {
        if (loaded == (VaultboxId, Query))
        {
            return;
        }

        loaded = (VaultboxId, Query);
        var request = Query.ToRequest(await signedIn.VaultActorAsync(), time.GetUtcNow(), VaultboxId);
        rows = (await count.HandleAsync(new CountActivityRequest(request), Leaving)).Value;
        page = (await log.HandleAsync(request, Leaving)).Value ?? new Page<LogEntryView>([], null);
    }
}
