using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Sessions;

/// <summary>
/// Somebody who gave the right password and owes the second factor. There is no session yet; the browser carries this, protected.
/// </summary>
/// <param name="UserId">The account.</param>
/// <param name="Since">When the password was given.</param>
/// <param name="PasswordFingerprint">Of the stored hash: another password makes this void.</param>
public sealed record PendingSignIn(Guid UserId, DateTimeOffset Since, string PasswordFingerprint)
{
    /// <summary>How long the second factor may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    internal static PendingSignIn Of(Guid userId, string passwordHash, DateTimeOffset now) => new(userId, now, Fingerprint(passwordHash));

    /// <summary>Whether it still stands: in time, the account active and not locked, its password the same.</summary>
    internal async Task<bool> IsGoodAsync(PlatformContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now >= Since + Lifetime)
            return false;
        var hash = await context.Users
            .Where(user => user.Id == UserId && user.Status == AccountStatus.Active && user.EmailConfirmed
                && (user.LockoutEnd == null || user.LockoutEnd <= now))
            .Select(user => user.PasswordHash)
            .SingleOrDefaultAsync(cancellationToken);
        return hash is not null && string.Equals(Fingerprint(hash), PasswordFingerprint, StringComparison.Ordinal);
    }

    private static string Fingerprint(string passwordHash) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(passwordHash)));
}
