using Microsoft.Extensions.Logging;

namespace Portal.Mail.DovecotAuth;

internal sealed partial class DovecotAuthHandler
{
    [LoggerMessage(1131, LogLevel.Debug, "Dovecot auth connection {Connection} was lost: {ExceptionType}")]
    private partial void LogConnectionLost(string connection, string exceptionType);

    [LoggerMessage(1132, LogLevel.Error, "Dovecot auth connection {Connection} ended on an unexpected {ExceptionType}; stack: {Stack}")]
    private partial void LogSessionFailed(string connection, string? exceptionType, string? stack);

    [LoggerMessage(1133, LogLevel.Warning, "Dovecot auth connection {Connection} is closed: there are too many")]
    private partial void LogTooMany(string connection);

    [LoggerMessage(1134, LogLevel.Warning, "Dovecot auth connection {Connection} is closed: {End}")]
    private partial void LogEnded(string connection, DovecotAuthEnd end);
}
