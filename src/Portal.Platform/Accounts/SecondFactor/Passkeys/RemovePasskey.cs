using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>Forgets a passkey: it signs in and confirms no more. What the device keeps of it is its owner's to delete.</summary>
public sealed class RemovePasskey(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure LastFactor = new(
        "last_second_factor",
        "This is the account's only second factor, and its password is too short to stand alone. Choose a longer password or add another factor first.");

    /// <returns>The name that it had.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, Guid passkeyId, CancellationToken cancellationToken)
    {
        if (PasskeyAccess.ToWrite(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var passkey = await context.Passkeys.SingleOrDefaultAsync(row => row.Id == passkeyId && row.UserId == actor.UserId, cancellationToken);
        if (passkey is null)
            return AccountFailures.NotFound;
        var user = await context.Users.AsNoTracking().SingleAsync(row => row.Id == actor.UserId, cancellationToken);
        var factors = await context.LoadSecondFactorsAsync(user.Id, cancellationToken);
        if (factors.Count == 1)
        {
            if (!user.PasswordStandsAlone)
                return LastFactor;
            await ForgetStandInsAsync(context, user.Id, cancellationToken);
        }

        context.Passkeys.Remove(passkey);
        mail.Add(context, AccountMails.PasskeyRemoved(user.Email!, passkey.Name));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(user.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return passkey.Name;
    }

    /// <summary>Without a second factor nothing is left that recovery codes or remembered devices could stand in for.</summary>
    private static async Task ForgetStandInsAsync(PlatformContext context, Guid userId, CancellationToken cancellationToken)
    {
        await context.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.RememberedDevices.Where(device => device.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}
