using System.Data.Common;
using Portal.Platform;
using Portal.Vault.Notices;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Notices;

/// <summary>How many notices are unread, for the bell of one circuit. Without a database there is no number, and the page stands.</summary>
internal sealed class UnreadNotices(CountUnreadNotices count, SignedIn signedIn)
{
    internal event EventHandler? Changed;

    /// <summary>Null while nobody knows.</summary>
    internal int? Number { get; private set; }

    internal async Task LoadAsync()
    {
        var before = Number;
        try
        {
            Number = (await count.HandleAsync(new CountUnreadNoticesRequest(await signedIn.VaultActorAsync()), CancellationToken.None)).Value;
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault) || fault is DbException or InvalidOperationException { InnerException: DbException })
        {
            Number = null;
        }

        if (Number != before)
            Changed?.Invoke(this, EventArgs.Empty);
    }
}
