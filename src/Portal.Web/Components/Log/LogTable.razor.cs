using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Log;

public sealed partial class LogTable
{
    private readonly ListProcessingLog log;
    private readonly SignedIn signedIn;
    private readonly TimeProvider time;
    private Page<LogEntryView>? page;
    private LogQuery? loaded;

    public LogTable(ListProcessingLog log, SignedIn signedIn, TimeProvider time)
    {
        this.log = log;
        this.signedIn = signedIn;
        this.time = time;
    }

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    /// <summary>Passport shown beside the list.</summary>
    [Parameter]
    public Guid? Selected { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Query == loaded)
        {
            return;
        }

        loaded = Query;
        var request = Query.ToRequest(await signedIn.VaultActorAsync(), time.GetUtcNow());
        var answer = await log.HandleAsync(request, Leaving);
        page = answer.Value ?? new Page<LogEntryView>([], null);
    }

    private static string UrlOf(LogQuery query) => "/admin/processing-log" + query.ToQuery();
}
