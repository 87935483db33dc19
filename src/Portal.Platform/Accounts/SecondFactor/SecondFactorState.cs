using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>What proves an account beside its password.</summary>
/// <param name="HasAuthenticator">A TOTP authenticator whose first code was entered.</param>
/// <param name="Passkeys">How many.</param>
/// <param name="RecoveryCodesLeft">How many are not used.</param>
public sealed record SecondFactorState(bool HasAuthenticator, int Passkeys, int RecoveryCodesLeft)
{
    /// <summary>Whether a password alone no longer signs in. Recovery codes stand in for a factor; they are none.</summary>
    public bool IsOn => HasAuthenticator || Passkeys > 0;

    /// <summary>How many factors could be given up.</summary>
    internal int Count => Passkeys + (HasAuthenticator ? 1 : 0);
}

internal static class SecondFactorQueries
{
    /// <remarks>Before a change, take <see cref="AccountLock"/> first: another act may be under way.</remarks>
    public static async Task<SecondFactorState> LoadSecondFactorsAsync(
        this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        await context.Users.Where(user => user.Id == userId)
            .Select(user => new SecondFactorState(
                context.Authenticators.Any(authenticator => authenticator.UserId == userId && authenticator.ConfirmedAt != null),
                context.Passkeys.Count(passkey => passkey.UserId == userId),
                context.RecoveryCodes.Count(code => code.UserId == userId && code.UsedAt == null)))
            .SingleOrDefaultAsync(cancellationToken)
        ?? new SecondFactorState(false, 0, 0);
}
