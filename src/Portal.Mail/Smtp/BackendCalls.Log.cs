using Microsoft.Extensions.Logging;

namespace Portal.Mail.Smtp;

internal sealed partial class BackendCalls
{
    [LoggerMessage(1110, LogLevel.Error, "Session {Session}: backend call {Call} failed with {ExceptionType}; stack: {Stack}")]
    private partial void LogFailed(Guid session, string call, string? exceptionType, string? stack);

    [LoggerMessage(1111, LogLevel.Error, "Session {Session}: backend call {Call} gave reply code {Code}, which is none of 2xx, 4xx, 5xx")]
    private partial void LogBadReply(Guid session, string call, int code);
}
