using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <summary>Makes a password and hashes it before anything is locked; another one when its selector, or the name beside it, is taken.</summary>
internal static class PasswordMaking
{
    /// <summary>Two in a row are taken about never.</summary>
    private const int MostAttempts = 8;

    /// <param name="storeAsync">Stores it; null: the selector is taken.</param>
    public static async Task<VaultResult<T>> StoreNewAsync<T>(
        this CredentialHasher hasher, Func<GeneratedPassword, string, Task<VaultResult<T>?>> storeAsync, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var password = GeneratedPassword.Create();
            if (await hasher.HashAsync(password, cancellationToken) is not { } hash)
                return VaultProblem.Busy;
            try
            {
                if (await storeAsync(password, hash) is { } stored)
                    return stored;
            }
            catch (DbUpdateException e) when (e.InnerException is PostgresException
            {
                ConstraintName: DeviceConfiguration.UniqueUsernameIndex or DeviceConfiguration.UniqueSelectorIndex,
            })
            {
                // Taken in the meantime: another one.
            }
        }

        return VaultProblem.Busy;
    }
}
