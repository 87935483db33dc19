using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Vault.Notices;

namespace Portal.Web.Provisioning;

/// <summary>
/// Asks for a support view, or breaks glass, and tells the owner in the portal, across the two databases. The view and its mail come
/// first, in one transaction: without the notice the owner is told all the same, by mail and by the card on every page.
/// </summary>
public sealed class OpenSupportView(AskForView ask, BreakGlass breakGlass, GetView get, TellOfView tell)
{
    /// <param name="isAsked">False: without asking, for admins alone.</param>
    public async Task<Outcome<AskedView>> HandleAsync(Actor actor, AskForViewRequest request, bool isAsked, CancellationToken cancellationToken)
    {
        var opened = isAsked
            ? await ask.HandleAsync(actor, request, cancellationToken)
            : await breakGlass.HandleAsync(actor, request, cancellationToken);
        if (opened.Succeeded && (await get.HandleAsync(actor, opened.Value.GrantId, cancellationToken)).Value is { } view)
            await tell.HandleAsync(new TellOfViewRequest(view.OwnerId, isAsked, view.SupporterEmail, view.Reason), cancellationToken);
        return opened;
    }
}
