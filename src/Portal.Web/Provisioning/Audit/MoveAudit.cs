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
        var taken = await MoveAsync(vault.WaitingAsync, vault.ForgetAsync, OfTheVault, cancellationToken);
        return taken + await MoveAsync(platform.WaitingAsync, platform.ForgetAsync, row => row, cancellationToken);
    }

    private async Task<int> MoveAsync(
        Func<int, CancellationToken, Task<IReadOnlyList<AuditOutboxRow>>> waiting,
        Func<IReadOnlyCollection<Guid>, CancellationToken, Task> forget,
        Func<AuditOutboxRow, AuditOutboxRow> judge,
        CancellationToken cancellationToken)
    {
        var taken = 0;
        while (true)
        {
            var rows = await waiting(Batch, cancellationToken);
            if (rows.Count == 0)
                return taken;
            if (await chain.HandleAsync([.. rows.Select(judge)], cancellationToken) is { } head)
                await heads.AppendAsync(head, cancellationToken);
            await forget([.. rows.Select(row => row.Id)], cancellationToken);
            taken += rows.Count;
        }
    }

    /// <summary>
    /// Who holds the vault's database must not speak for the platform: an act that is none of the vault's is chained as what it is, an act
    /// that did not belong there.
    /// </summary>
    private static AuditOutboxRow OfTheVault(AuditOutboxRow row) => Acts.IsOfTheVault(row.Act)
        ? row
        : new AuditOutboxRow
        {
            Id = row.Id, OccurredAt = row.OccurredAt, ActorKind = ActorKinds.Portal, Act = Acts.Unexpected, TargetKind = AuditTarget.LogKind,
            After = new AuditDetail().Fact("act", row.Act).After,
        };
}
