namespace Portal.Web.InstallationKeys;

internal static partial class InstallationKeysLog
{
    [LoggerMessage(7101, LogLevel.Information, "TLS certificate read anew from {File}; it ends {NotAfter:u}")]
    public static partial void CertificateRead(this ILogger logger, string file, DateTime notAfter);

    [LoggerMessage(7102, LogLevel.Error, "The old TLS certificate stays in use: {Reason}")]
    public static partial void CertificateUnusable(this ILogger logger, string reason);
}
