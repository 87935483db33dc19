using Microsoft.Extensions.Logging;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

internal static partial class PasskeyCeremonyLog
{
    [LoggerMessage(2101, LogLevel.Information, "A new passkey was refused: {Reason}")]
    public static partial void NewPasskeyRefused(this ILogger logger, string reason);

    [LoggerMessage(2102, LogLevel.Information, "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(this ILogger logger, string reason);
}
