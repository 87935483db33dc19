using Portal.Platform;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Web.Provisioning.Audit;

/// <summary>Verifies the audit chain against itself and against the signed heads, and keeps the verdict for the page.</summary>
public sealed class CheckAudit
{
    private readonly VerifyChain _verify;
    private readonly KeepAuditCheck _keep;
    private readonly SignedHeads _heads;

    internal CheckAudit(VerifyChain verify, KeepAuditCheck keep, SignedHeads heads) => (_verify, _keep, _heads) = (verify, keep, heads);

    public async Task<Outcome<AuditCheck>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        // Before the chain is read: a head that is signed meanwhile is of an entry that the reading does not see.
        var heads = await _heads.ReadAsync(cancellationToken);
        var verdict = await _verify.HandleAsync(heads.Good, cancellationToken);
        if (verdict.Fault is null && heads.ForgedSeq is { } forged)
            verdict = verdict with { Seq = forged, Fault = AuditFault.HeadForged };
        return await _keep.HandleAsync(verdict.Entries, heads.Good.Count, verdict.Seq, verdict.Fault, cancellationToken);
    }
}
