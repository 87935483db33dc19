using Portal.Platform;
using Portal.Platform.Support;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Support;

/// <summary>What the shell says of views of the account. Without a database it says nothing, and the page stands.</summary>
internal sealed class OpenViews(ListOpenViews list, SignedIn signedIn)
{
    public async Task<IReadOnlyList<SupportViewRecord>> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await list.HandleAsync(await signedIn.ActorAsync(), cancellationToken)).Value ?? [];
        }
        catch (Exception fault) when (PlatformDatabase.IsUnavailable(fault))
        {
            return [];
        }
    }
}
