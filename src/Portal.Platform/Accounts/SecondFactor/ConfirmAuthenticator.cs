using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor;

/// <param name="RecoveryCodes">Shown once; empty when the account had a second factor, and so its codes, before.</param>
public sealed record FactorAdded(IReadOnlyList<string> RecoveryCodes);

/// <summary>Turns an authenticator on by its first code. A wrong one counts as no attack: the secret was just shown to whoever types it.</summary>
public sealed class ConfirmAuthenticator(
    IDbContextFactory<PlatformContext> contexts, AuthenticatorSecret secrets, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure Wrong = new(
        "code_wrong", "That didn’t match. Codes change every 30 seconds; check that your device’s clock is right, then enter the newest one.");

    internal static readonly Failure NotBegun = new("authenticator_not_begun", "This set-up has ended. Start it again.");

    public async Task<Outcome<FactorAdded>> HandleAsync(Actor actor, string? code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (OwnAccount.RefuseChange(actor, now) is { } refusal)
            return refusal;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var authenticator = await context.Authenticators.SingleOrDefaultAsync(a => a.UserId == actor.UserId, cancellationToken);
        if (authenticator is null)
            return NotBegun;
        if (authenticator.ConfirmedAt is not null)
            return BeginAuthenticator.AlreadyOn;
        if (secrets.Match(authenticator.ProtectedSecret, code) is not { } step)
            return Wrong;

        authenticator.ConfirmedAt = now;
        authenticator.LastStep = step;
        await context.SaveChangesAsync(cancellationToken);
        var codes = await context.FactorAddedAsync(actor.UserId, now, cancellationToken);
        context.Audit(actor, Acts.AuthenticatorAdded, AuditTarget.Account(actor.UserId), now);
        mail.Add(context, AccountMails.AuthenticatorAdded(await context.EmailOfAsync(actor.UserId, cancellationToken)));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new FactorAdded(codes);
    }
}
