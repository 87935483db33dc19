using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts.Sessions;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

public sealed record SignInWithPasskeyRequest(PasskeyAnswer Answer, IPAddress? Ip, string? UserAgent);

/// <summary>
/// Opens a session for the owner of a passkey, who needs neither name nor password. A lock for wrong passwords does not stop it: nobody
/// guesses a signature, and the owner can come in while somebody guesses the password. Every refusal is the same.
/// </summary>
public sealed class SignInWithPasskey(
    IDbContextFactory<PlatformContext> contexts, PasskeyCeremony ceremony, OpenSession openSession, AttemptThrottle throttle, TimeProvider time)
{
    public async Task<Outcome<OpenedSession>> HandleAsync(SignInWithPasskeyRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        if (await ceremony.ProveAsync(PasskeyPurpose.SignIn, request.Answer) is not { } proof)
            return PasskeyCeremony.Refused;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await PasskeyUse.RecordAsync(context, proof, time.GetUtcNow(), cancellationToken))
            return PasskeyCeremony.Refused;
        if (await openSession.HandleAsync(context, proof.UserId, AuthMethods.Passkey, request.Ip, request.UserAgent, cancellationToken) is not { } opened)
            return PasskeyCeremony.Refused;
        await transaction.CommitAsync(cancellationToken);
        throttle.GiveBack(request.Ip);
        return opened;
    }
}
