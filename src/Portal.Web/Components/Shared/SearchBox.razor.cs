using Microsoft.AspNetCore.Components;

namespace Portal.Web.Components.Shared;

public sealed partial class SearchBox : IDisposable
{
    /// <summary>How long typing must rest before it searches.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider time;
    private CancellationTokenSource? pending;
    private string text = "";
    private string? applied;

    public SearchBox(TimeProvider time) => this.time = time;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Name of the query parameter.</summary>
    [Parameter]
    public string Name { get; set; } = "q";

    /// <summary>What the URL says.</summary>
    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    /// <summary>The other filters: fields that are sent along when there is no circuit.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    public void Dispose()
    {
        pending?.Cancel();
        pending?.Dispose();
    }

    protected override void OnParametersSet()
    {
        // What was typed meanwhile wins over the echo of an earlier search.
        if (!string.Equals(Value, applied, StringComparison.Ordinal))
        {
            text = Value ?? "";
            applied = Value;
        }
    }

    private async Task TypedAsync(string? typed)
    {
        text = typed ?? "";
        pending?.Cancel();
        pending?.Dispose();
        pending = new CancellationTokenSource();
        var mine = pending.Token;
        try
        {
            await Task.Delay(Rest, time, mine);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await SubmitAsync();
    }

    private Task SubmitAsync()
    {
        applied = text.Length == 0 ? null : text;
        return OnSearch.InvokeAsync(text);
    }
}
