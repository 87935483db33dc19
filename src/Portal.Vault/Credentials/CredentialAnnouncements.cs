using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Credentials;

/// <summary>
/// Tells every instance's authenticator what changed, when the transaction commits: PostgreSQL NOTIFY on <see cref="Channel"/>, payload
/// <c>device:{id}</c>, <c>vaultbox:{id}</c> or <c>owner:{user id}</c>.
/// </summary>
internal static class CredentialAnnouncements
{
    public const string Channel = "vault_credentials";

    public static Task AnnounceDeviceAsync(this VaultContext context, Guid deviceId, CancellationToken cancellationToken) =>
        AnnounceAsync(context, $"device:{deviceId}", cancellationToken);

    public static Task AnnounceVaultboxAsync(this VaultContext context, Guid vaultboxId, CancellationToken cancellationToken) =>
        AnnounceAsync(context, $"vaultbox:{vaultboxId}", cancellationToken);

    public static Task AnnounceOwnerAsync(this VaultContext context, Guid userId, CancellationToken cancellationToken) =>
        AnnounceAsync(context, $"owner:{userId}", cancellationToken);

    private static Task AnnounceAsync(VaultContext context, string payload, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {payload})", cancellationToken);
}
