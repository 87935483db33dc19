using System.Globalization;
using Portal.Mail.Smtp.Commands;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>Finds every fault of a server's options, each with the key to set.</summary>
internal static class SmtpServerOptionsFaults
{
    // A timer takes no longer due time.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <param name="section">The configuration section that the keys are in.</param>
    /// <param name="leastCommandLine">Octets that a command line may have to have with this server's extensions.</param>
    public static List<string> Find(SmtpServerOptions options, string section, int leastCommandLine)
    {
        var faults = new List<string>();

        void AtLeast(long value, long least, string key)
        {
            if (value < least)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section}:{key} is {value}; it must be at least {least}."));
        }

        void Positive(TimeSpan value, string key)
        {
            if (value <= TimeSpan.Zero || value > Longest)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section}:{key} is {value}; it must be above 00:00:00 and at most {Longest:c}."));
        }

        if (!HeloName.IsUsable(options.HostName))
            faults.Add($"{section}:HostName must be a domain name or an address literal, such as mail.example.org.");

        AtLeast(options.MaxMessageBytes, 64 * 1024, nameof(options.MaxMessageBytes));
        AtLeast(options.MemoryBudgetBytes, options.MaxMessageBytes + SegmentPool.SegmentBytes, nameof(options.MemoryBudgetBytes));
        AtLeast(options.MaxCommandLineBytes, leastCommandLine, nameof(options.MaxCommandLineBytes));
        AtLeast(options.MaxDataLineBytes, 998, nameof(options.MaxDataLineBytes));
        AtLeast(options.MaxHeaderBytes, 1024, nameof(options.MaxHeaderBytes));
        AtLeast(options.MaxReceivedFields, 1, nameof(options.MaxReceivedFields));
        AtLeast(options.MaxRecipients, 100, nameof(options.MaxRecipients));
        AtLeast(options.MaxErrorsPerSession, 1, nameof(options.MaxErrorsPerSession));
        AtLeast(options.MaxConnections, 1, nameof(options.MaxConnections));
        AtLeast(options.MaxConnectionsPerPeer, 1, nameof(options.MaxConnectionsPerPeer));
        AtLeast(options.MinDataBytesPerSecond, 0, nameof(options.MinDataBytesPerSecond));

        Positive(options.CommandTimeout, nameof(options.CommandTimeout));
        Positive(options.DataTimeout, nameof(options.DataTimeout));
        Positive(options.DataRateGrace, nameof(options.DataRateGrace));
        Positive(options.TlsTimeout, nameof(options.TlsTimeout));
        Positive(options.ReplyTimeout, nameof(options.ReplyTimeout));
        Positive(options.BackendTimeout, nameof(options.BackendTimeout));
        Positive(options.SessionTimeout, nameof(options.SessionTimeout));
        Positive(options.ShutdownGrace, nameof(options.ShutdownGrace));

        return faults;
    }
}
