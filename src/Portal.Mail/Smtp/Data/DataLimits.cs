namespace Portal.Mail.Smtp.Data;

/// <summary>What one message may be; see <see cref="SmtpIntakeOptions"/> for units.</summary>
internal sealed record DataLimits(long MaxMessageBytes, int MaxLineBytes, int MaxHeaderBytes, int MaxReceivedFields)
{
    public static DataLimits From(SmtpIntakeOptions options) =>
        new(options.MaxMessageBytes, options.MaxDataLineBytes, options.MaxHeaderBytes, options.MaxReceivedFields);
}
