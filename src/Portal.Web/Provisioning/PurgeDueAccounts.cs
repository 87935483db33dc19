using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Deletion;
using Portal.Vault.Purge;

namespace Portal.Web.Provisioning;

/// <summary>
/// Destroys the accounts whose grace is over, across the two databases: the vault first, then the platform. The account's row is the
/// note of what is left to do and goes last, so a crash anywhere is made good by the next run.
/// </summary>
public sealed class PurgeDueAccounts(ClaimDueDeletions claim, PurgeUser purgeUser, PurgeAccount purgeAccount, ILogger<PurgeDueAccounts> logger)
{
    private const int Batch = 10;

    /// <returns>How many accounts are gone.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await claim.HandleAsync(Actor.Operator, Batch, cancellationToken);
        var gone = 0;
        foreach (var userId in due.Value ?? [])
        {
            var vault = await purgeUser.HandleAsync(userId, cancellationToken);
            var account = await purgeAccount.HandleAsync(Actor.Operator, userId, cancellationToken);
            logger.VaultPurged(userId, vault.Vaultboxes, vault.Messages, vault.Octets);
            if (!account.Succeeded)
                continue;
            gone++;
            logger.AccountPurged(userId, account.Value.Domains, account.Value.HandedOver, account.Value.RecordKept);
        }

        return gone;
    }
}
