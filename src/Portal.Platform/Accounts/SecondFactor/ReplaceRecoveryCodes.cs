using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor;

/// <param name="Codes">Shown once.</param>
public sealed record NewRecoveryCodes(IReadOnlyList<string> Codes);

/// <summary>Makes ten new recovery codes; the former ones work no longer.</summary>
public sealed class ReplaceRecoveryCodes(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure NothingToStandInFor = new(
        "second_factor_off", "Recovery codes stand in for a second factor. Set up an authenticator app or a passkey first.");

    public async Task<Outcome<NewRecoveryCodes>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (OwnAccount.RefuseChange(actor, now) is { } refusal)
            return refusal;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        if (!(await context.LoadSecondFactorsAsync(actor.UserId, cancellationToken)).IsOn)
            return NothingToStandInFor;
        var codes = await context.ReplaceRecoveryCodesAsync(actor.UserId, now, cancellationToken);
        context.Audit(actor, Acts.RecoveryCodesReplaced, AuditTarget.Account(actor.UserId), now);
        mail.Add(context, AccountMails.RecoveryCodesReplaced(await context.EmailOfAsync(actor.UserId, cancellationToken)));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new NewRecoveryCodes(codes);
    }
}
