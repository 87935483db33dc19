using Microsoft.Extensions.Logging;

namespace Portal.Vault.Intake;

internal static partial class ForeignKeyAlarmLog
{
    [LoggerMessage(EventId = 3210, Level = LogLevel.Critical, Message = "Vaultbox {VaultboxId} takes no mail: its {Purpose} key {KeyId} with fingerprint {Fingerprint} is not bound to it. Somebody has written to the vault database")]
    public static partial void ForeignKey(this ILogger logger, Guid vaultboxId, string purpose, Guid keyId, string fingerprint);
}
