using Microsoft.Extensions.Logging;

namespace Portal.Mail.DovecotAuth;

internal sealed partial class DovecotAuthService
{
    [LoggerMessage(1130, LogLevel.Error, "Dovecot auth: the backend failed with {ExceptionType}; stack: {Stack}")]
    private partial void LogFailed(string? exceptionType, string? stack);
}
