using Microsoft.AspNetCore.Components;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Log;

/// <summary>Chart, rows and export of what the URL asks for. While it follows, new rows come in by themselves; else it counts them.</summary>
public sealed partial class LogTable
{
    /// <summary>New rows are counted so far.</summary>
    internal const int MostFresh = 199;

    /// <summary>Between two looks at what is new.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ListProcessingLog log;
    private readonly CountProcessingLog count;
    private readonly WatchProcessingLog watch;
    private readonly SignedIn signedIn;
    private readonly TimeProvider time;
    private Page<LogEntryView>? page;
    private LogChart? chart;
    private LogQuery? loaded;
    private bool wasLive;
    private int fresh;

    public LogTable(ListProcessingLog log, CountProcessingLog count, WatchProcessingLog watch, SignedIn signedIn, TimeProvider time) =>
        (this.log, this.count, this.watch, this.signedIn, this.time) = (log, count, watch, signedIn, time);

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    [Parameter, EditorRequired]
    public required Func<LogQuery, string> UrlOf { get; set; }

    /// <summary>Whether new rows come in by themselves.</summary>
    [Parameter]
    public bool IsLive { get; set; }

    /// <summary>The reader wants to follow again.</summary>
    [Parameter]
    public EventCallback OnFollow { get; set; }

    /// <summary>Passport shown beside the list.</summary>
    [Parameter]
    public Guid? Selected { get; set; }

    /// <summary>New rows come on top: of the first page, of a time that ends now.</summary>
    internal static bool CanFollow(LogQuery query) => query is { After: null, IsFixed: false };

    protected override async Task OnParametersSetAsync()
    {
        var resumes = IsLive && !wasLive && fresh > 0;
        wasLive = IsLive;
        if (Query != loaded || resumes)
        {
            loaded = Query;
            await LoadAsync();
        }
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = WatchAsync();
        }
    }

    private string ExportHref(string kind) => $"/api/v1/processing-logs/export.{kind}{(Query with { After = null }).ToQuery()}";

    private Task FollowAsync() => OnFollow.InvokeAsync();

    private async Task LoadAsync()
    {
        var (listed, counted) = await ReadAsync();
        (page, chart, fresh) = (listed, counted, 0);
    }

    private async Task<(Page<LogEntryView> Listed, LogChart? Counted)> ReadAsync()
    {
        var request = await RequestAsync();
        var listed = (await log.HandleAsync(request, Leaving)).Value ?? new Page<LogEntryView>([], null);
        return (listed, (await count.HandleAsync(new CountProcessingLogRequest(request), Leaving)).Value);
    }

    private async Task<ListProcessingLogRequest> RequestAsync() => Query.ToRequest(await signedIn.VaultActorAsync(), time.GetUtcNow());

    private async Task WatchAsync()
    {
        try
        {
            var news = await watch.HandleAsync(new WatchProcessingLogRequest(await signedIn.VaultActorAsync()), Leaving);
            if (!news.Succeeded)
            {
                return;
            }

            await foreach (var _ in news.Value)
            {
                await InvokeAsync(LookAsync);
                await Task.Delay(Rest, time, Leaving);
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The reader has gone to another page.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task LookAsync()
    {
        if (page is null || !CanFollow(Query))
        {
            return;
        }

        if (IsLive)
        {
            var (query, (listed, counted)) = (Query, await ReadAsync());
            if (IsLive && Query == query)
            {
                (page, chart, fresh) = (listed, counted, 0);
            }
        }

        // Also when the reader paused while it was read: what they look at stands still, and what has come is counted.
        if (!IsLive)
        {
            var newest = page.Items.Count > 0 ? page.Items[0] : null;
            var request = await RequestAsync();
            var newer = await log.HandleAsync(request with { From = newest?.OccurredAt ?? chart?.To ?? request.From, Limit = MostFresh + 1 }, Leaving);
            var shown = page.Items.Select(entry => entry.Id).ToHashSet();
            fresh = newer.Value?.Items.Count(entry => !shown.Contains(entry.Id)) ?? 0;
        }

        StateHasChanged();
    }
}
