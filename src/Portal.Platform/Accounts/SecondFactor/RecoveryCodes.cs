using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <summary>An account's recovery codes: made with its first second factor, and whenever its owner wants new ones.</summary>
internal static class RecoveryCodes
{
    public const int Number = 10;

    /// <summary>Puts new codes in the place of all former ones, in the caller's transaction.</summary>
    /// <returns>The codes, to be shown once; the database keeps their hashes.</returns>
    public static async Task<IReadOnlyList<string>> ReplaceRecoveryCodesAsync(
        this PlatformContext context, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, Number).Select(_ => RecoveryCodeFormat.Create()).ToList();
        context.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            CodeHash = RecoveryCodeFormat.Hash(RecoveryCodeFormat.Normalise(code)!),
            CreatedAt = now,
        }));
        await context.SaveChangesAsync(cancellationToken);
        return codes;
    }
}
