using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

public sealed record ConfirmWithPasskeyRequest(PasskeyAnswer Answer, IPAddress? Ip);

/// <summary>Step-up by passkey: whoever sits at the session holds one of the account's passkeys and has unlocked it.</summary>
public sealed class ConfirmWithPasskey(
    IDbContextFactory<PlatformContext> contexts, PasskeyCeremony ceremony, AttemptThrottle throttle, AccountCache cache, TimeProvider time)
{
    /// <returns>When the proof was given.</returns>
    public async Task<Outcome<DateTimeOffset>> HandleAsync(Actor actor, ConfirmWithPasskeyRequest request, CancellationToken cancellationToken)
    {
        if (actor.Support is not null)
            return actor.Refusal;
        if (actor.SessionId is not { } sessionId)
            return AccountFailures.NotFound;
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        if (await ceremony.ProveAsync(PasskeyPurpose.Confirm, request.Answer) is not { } proof || proof.UserId != actor.UserId)
            return PasskeyCeremony.Refused;

        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await PasskeyUse.RecordAsync(context, proof, now, cancellationToken))
            return PasskeyCeremony.Refused;
        if (!await context.RenewProofAsync(actor.UserId, sessionId, now, cancellationToken))
            return AccountFailures.NotFound;
        await transaction.CommitAsync(cancellationToken);
        cache.Drop(sessionId);
        throttle.GiveBack(request.Ip);
        return now;
    }
}
