using Microsoft.AspNetCore.Components;
using Portal.Vault.Notices;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Notices;

/// <summary>What the owner was told, by day.</summary>
public sealed partial class NoticeList
{
    /// <summary>The page head's button.</summary>
    internal const string ActionSection = "notices-action";

    private const int PageSize = 50;

    private List<NoticeView>? rows;
    private string? next;
    private bool marking;

    [Inject]
    private ListNotices List { get; set; } = null!;

    [Inject]
    private MarkNoticesRead Mark { get; set; } = null!;

    [Inject]
    private UnreadNotices Unread { get; set; } = null!;

    [Inject]
    private SignedIn SignedIn { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var page = await List.HandleAsync(new ListNoticesRequest(await SignedIn.VaultActorAsync(), PageSize), Leaving);
        (rows, next) = ([.. page.Value?.Items ?? []], page.Value?.Next);
    }

    private async Task MoreAsync()
    {
        var page = await List.HandleAsync(new ListNoticesRequest(await SignedIn.VaultActorAsync(), PageSize, next), Leaving);
        rows!.AddRange(page.Value?.Items ?? []);
        next = page.Value?.Next;
    }

    /// <summary>All that the list began with: what came in meanwhile nobody has seen.</summary>
    private async Task MarkAllAsync()
    {
        if (marking)
            return;
        marking = true;
        await Mark.HandleAsync(new MarkNoticesReadRequest(await SignedIn.VaultActorAsync(), Until: rows!.Max(row => row.OccurredAt)), Leaving);
        rows = rows!.ConvertAll(Read);
        marking = false;
        await Unread.LoadAsync();
    }

    private async Task MarkAsync(NoticeView notice)
    {
        if (notice.ReadAt is not null)
            return;
        // The link leads away at once: what it began is not broken off.
        await Mark.HandleAsync(new MarkNoticesReadRequest(await SignedIn.VaultActorAsync(), [notice.Id]), CancellationToken.None);
        rows = rows!.ConvertAll(row => row.Id == notice.Id ? Read(row) : row);
        await Unread.LoadAsync();
    }

    private NoticeView Read(NoticeView notice) => notice with { ReadAt = notice.ReadAt ?? Time.GetUtcNow() };
}
