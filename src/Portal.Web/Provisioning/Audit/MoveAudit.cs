using Portal.Audit;
using Portal.Platform;
using Portal.Platform.Audit;
using Portal.Vault;

namespace Portal.Web.Provisioning.Audit;

/// <summary>
/// Takes what waits in the two outboxes into the one chain and signs its new end. A row leaves its outbox only when its entry is
/// committed: after a crash in between it comes again, and the chain knows it.
/// </summary>
internal sealed class MoveAudit(AuditSource<PlatformContext> platform, AuditSource<VaultContext> vault, ChainEntries chain, SignedHeads heads)
{
    internal const int Batch = 500;

    /// <returns>How many acts were taken.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // The vault first: what it says of an account comes before the entry that erases the account.
        var taken = await MoveAsync(vault.WaitingAsync, vault.ForgetAsync, cancellationToken);
        return taken + await MoveAsync(platform.WaitingAsync, platform.ForgetAsync, cancellationToken);
    }

    private async Task<int> MoveAsync(
        Func<int, CancellationToken, Task<IReadOnlyList<AuditOutboxRow>>> waiting, Func<IReadOnlyCollection<Guid>, CancellationToken, Task> forget,
        CancellationToken cancellationToken)
    {
        var taken = 0;
        while (true)
        {
            var rows = await waiting(Batch, cancellationToken);
            if (rows.Count == 0)
                return taken;
            if (await chain.HandleAsync(rows, cancellationToken) is { } head)
                await heads.AppendAsync(head, cancellationToken);
            await forget([.. rows.Select(row => row.Id)], cancellationToken);
            taken += rows.Count;
        }
    }
}
