using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Passwords;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SecondFactor;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>What somebody who is signed in proves themselves with anew.</summary>
public enum ProofKind
{
    /// <summary>Counts only for an account without a second factor.</summary>
    Password,

    /// <summary>The authenticator app's code.</summary>
    Totp,

    RecoveryCode,
}

public sealed record ConfirmIdentityRequest(ProofKind Kind, string? Proof, IPAddress? Ip);

public sealed record ConfirmedIdentity(DateTimeOffset FreshUntil);

/// <summary>
/// Step-up: proves within a session that it is still its owner who sits there. With a second factor on the account a password does not
/// do, for whoever took the browser may know it.
/// </summary>
public sealed class ConfirmIdentity(
    IDbContextFactory<PlatformContext> contexts,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    Lockout lockout,
    TakeFactor factors,
    AccountCache cache,
    SystemMailQueue mail,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    internal static readonly Failure Refused = new("proof_refused", "That didn’t match. Try again.");

    /// <summary>What the page asks for.</summary>
    public async Task<Outcome<SecondFactorState>> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Support is not null)
            return actor.Refusal;
        if (actor.SessionId is null)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LoadSecondFactorsAsync(actor.UserId, cancellationToken);
    }

    public async Task<Outcome<ConfirmedIdentity>> HandleAsync(Actor actor, ConfirmIdentityRequest request, CancellationToken cancellationToken)
    {
        if (actor.Support is not null)
            return actor.Refusal;
        if (actor.SessionId is not { } sessionId)
            return AccountFailures.NotFound;
        if (string.IsNullOrEmpty(request.Proof) || request.Proof.Length > PasswordRules.GreatestLength)
            return Refused;
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;

        var verdict = request.Kind == ProofKind.Password
            ? await CheckPasswordAsync(actor.UserId, request.Proof, cancellationToken)
            : Refused;
        if (verdict == PasswordWorkers.Busy)
        {
            throttle.GiveBack(request.Ip);
            return PasswordWorkers.Busy;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        if (!await IsProvedAsync(context, actor.UserId, request, verdict is null, cancellationToken))
        {
            await lockout.CountAsync(context, actor.UserId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Refused;
        }

        if (!await context.RenewProofAsync(actor.UserId, sessionId, time.GetUtcNow(), cancellationToken))
            return AccountFailures.NotFound;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
        throttle.GiveBack(request.Ip);
        return new ConfirmedIdentity(time.GetUtcNow() + options.Value.StepUpWindow);
    }

    private async Task<Failure?> CheckPasswordAsync(Guid userId, string password, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = await context.Users.Where(user => user.Id == userId).Select(user => user.PasswordHash).SingleOrDefaultAsync(cancellationToken);
        return await passwords.VerifyAsync(hash, password, cancellationToken) switch
        {
            null => PasswordWorkers.Busy,
            PasswordVerificationResult.Failed => Refused,
            _ => null,
        };
    }

    /// <summary>A locked account takes no proof at all until its time is over.</summary>
    private async Task<bool> IsProvedAsync(
        PlatformContext context, Guid userId, ConfirmIdentityRequest request, bool passwordFits, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await context.Users.AnyAsync(user => user.Id == userId && user.LockoutEnd > now, cancellationToken))
            return false;
        switch (request.Kind)
        {
            case ProofKind.Password:
                return passwordFits && !(await context.LoadSecondFactorsAsync(userId, cancellationToken)).IsOn;
            case ProofKind.Totp:
                return await factors.TotpAsync(context, userId, request.Proof, cancellationToken);
            default:
                if (await factors.RecoveryCodeAsync(context, userId, request.Proof, cancellationToken) is not { } left)
                    return false;
                mail.Add(context, AccountMails.RecoveryCodeUsed(await context.EmailOfAsync(userId, cancellationToken), left));
                return true;
        }
    }
}
