using Microsoft.Extensions.Logging;

namespace Portal.Vault.Vaultboxes;

internal static partial class PurgeVaultboxesLog
{
    [LoggerMessage(EventId = 3011, Level = LogLevel.Error, Message = "Vaultbox {VaultboxId} could not be destroyed and stays as it was; the others are gone on with, and it is tried again with the next run")]
    public static partial void VaultboxNotPurged(this ILogger logger, Guid vaultboxId, Exception fault);
}
