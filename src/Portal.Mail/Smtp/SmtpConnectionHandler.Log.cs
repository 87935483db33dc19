using Microsoft.Extensions.Logging;

namespace Portal.Mail.Smtp;

internal sealed partial class SmtpConnectionHandler
{
    [LoggerMessage(1100, LogLevel.Debug, "Connection {Connection} was lost: {ExceptionType}")]
    private partial void LogConnectionLost(string connection, string exceptionType);

    [LoggerMessage(1101, LogLevel.Error, "Connection {Connection} ended on an unexpected {ExceptionType}; stack: {Stack}")]
    private partial void LogSessionFailed(string connection, string? exceptionType, string? stack);
}
