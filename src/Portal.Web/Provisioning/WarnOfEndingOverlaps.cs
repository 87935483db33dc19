using Portal.Platform.Accounts;
using Portal.Platform.SystemMail;
using Portal.Vault.Credentials;

namespace Portal.Web.Provisioning;

/// <summary>
/// Tells owners, across the two databases, that the old password of a device is about to end while somebody still uses it: the vault says
/// which, the platform writes the message.
/// </summary>
public sealed class WarnOfEndingOverlaps(ClaimEndingOverlaps claim, TellOfEndingPassword tell, ILogger<WarnOfEndingOverlaps> logger)
{
    private const int Batch = 50;

    /// <returns>How many owners were told.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        foreach (var ending in await claim.HandleAsync(Batch, cancellationToken))
        {
            var page = ending.VaultboxId is { } vaultboxId ? $"/vaultboxes/{vaultboxId}" : "/vaultboxes";
            var result = await tell.HandleAsync(
                Actor.Operator,
                new TellOfEndingPasswordRequest(ending.UserId, ending.Label, ending.ValidUntil, ending.Clients, page),
                cancellationToken);
            if (result.Succeeded)
                told++;
            else
                logger.OverlapNotTold(ending.DeviceId, result.Failure.Code);
        }

        return told;
    }
}
