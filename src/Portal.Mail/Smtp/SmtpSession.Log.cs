using Microsoft.Extensions.Logging;

namespace Portal.Mail.Smtp;

internal sealed partial class SmtpSession
{
    [LoggerMessage(1120, LogLevel.Information, "Session {Session}: TLS handshake failed with {ExceptionType}")]
    private partial void LogTlsFailed(Guid session, string exceptionType);
}
