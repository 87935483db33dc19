namespace Portal.Mail.Smtp.Data;

/// <summary>What one message may be; see <see cref="SmtpServerOptions"/> for units.</summary>
internal sealed record DataLimits(long MaxMessageBytes, int MaxLineBytes, int MaxHeaderBytes, int MaxReceivedFields)
{
    public static DataLimits From(SmtpServerOptions options) =>
        new(options.MaxMessageBytes, options.MaxDataLineBytes, options.MaxHeaderBytes, options.MaxReceivedFields);
}
