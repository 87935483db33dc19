using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>What goes with adding and giving up any second factor. The caller holds <see cref="AccountLock"/> and commits.</summary>
internal static class FactorChanges
{
    internal static readonly Failure LastFactorNeeded = new(
        "second_factor_needed",
        "Your password is too short to stand alone, so the account keeps a second factor. Set a password of at least 15 characters first, or add another factor.");

    public static Task<string> EmailOfAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == userId).Select(user => user.Email!).SingleAsync(cancellationToken);

    /// <summary>After the factor was saved. With the first one come the recovery codes.</summary>
    /// <returns>The codes, to be shown once; none when this is not the first factor.</returns>
    public static async Task<IReadOnlyList<string>> FactorAddedAsync(
        this PlatformContext context, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = await context.LoadSecondFactorsAsync(userId, cancellationToken);
        return state.Count == 1 ? await context.ReplaceRecoveryCodesAsync(userId, now, cancellationToken) : [];
    }

    /// <summary>Before a factor is deleted.</summary>
    /// <returns>Null when it may go.</returns>
    public static async Task<Failure?> RefuseRemovalAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken)
    {
        var state = await context.LoadSecondFactorsAsync(userId, cancellationToken);
        if (state.Count > 1 || await context.Users.AnyAsync(user => user.Id == userId && user.PasswordStandsAlone, cancellationToken))
            return null;
        return LastFactorNeeded;
    }

    /// <summary>After a factor was deleted: browsers that were remembered show one again, and codes that stand in for nothing go.</summary>
    public static async Task FactorRemovedAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken)
    {
        await context.ForgetDevicesAsync(userId, cancellationToken);
        if (!(await context.LoadSecondFactorsAsync(userId, cancellationToken)).IsOn)
            await context.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}
