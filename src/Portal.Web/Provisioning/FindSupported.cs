using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Support;
using Portal.Vault.Vaultboxes;

namespace Portal.Web.Provisioning;

/// <summary>Finds, for support, whom an e-mail address, a username or an address of a vaultbox names, across the two databases.</summary>
public sealed class FindSupported(FindAccount findAccount, FindOwner findOwner)
{
    /// <param name="text">All of it: a part finds nobody.</param>
    public async Task<Outcome<FoundAccount>> HandleAsync(Actor actor, string? text, CancellationToken cancellationToken)
    {
        if (findAccount.Refuse(actor) is { } refusal)
            return refusal;
        var owner = await findOwner.HandleAsync(text, cancellationToken);
        return await findAccount.HandleAsync(actor, new FindAccountRequest(text, owner), cancellationToken);
    }
}
