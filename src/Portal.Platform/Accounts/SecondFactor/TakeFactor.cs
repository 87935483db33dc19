using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>Takes a code in proof of an account, in the caller's transaction. Each is taken by a conditional UPDATE, so of several uses at once one succeeds.</summary>
public sealed class TakeFactor(AuthenticatorSecret secrets, TimeProvider time)
{
    /// <returns>False for a wrong code, and for one whose time step was used before (RFC 6238 section 5.2).</returns>
    internal async Task<bool> TotpAsync(PlatformContext context, Guid userId, string? code, CancellationToken cancellationToken)
    {
        var secret = await context.Authenticators
            .Where(authenticator => authenticator.UserId == userId && authenticator.ConfirmedAt != null)
            .Select(authenticator => authenticator.ProtectedSecret)
            .SingleOrDefaultAsync(cancellationToken);
        if (secret is null || secrets.Match(secret, code) is not { } step)
            return false;
        return await context.Authenticators
            .Where(authenticator => authenticator.UserId == userId && authenticator.LastStep < step)
            .ExecuteUpdateAsync(authenticator => authenticator.SetProperty(a => a.LastStep, step), cancellationToken) == 1;
    }

    /// <returns>How many codes are left; null when this is none of them, or was used before.</returns>
    internal async Task<int?> RecoveryCodeAsync(PlatformContext context, Guid userId, string? code, CancellationToken cancellationToken)
    {
        if (RecoveryCodeFormat.Normalise(code) is not { } normalised)
            return null;
        var now = time.GetUtcNow();
        var hash = RecoveryCodeFormat.Hash(normalised);
        var taken = await context.RecoveryCodes
            .Where(recovery => recovery.UserId == userId && recovery.CodeHash == hash && recovery.UsedAt == null)
            .ExecuteUpdateAsync(recovery => recovery.SetProperty(r => r.UsedAt, now), cancellationToken);
        return taken == 0
            ? null
            : await context.RecoveryCodes.CountAsync(recovery => recovery.UserId == userId && recovery.UsedAt == null, cancellationToken);
    }
}
