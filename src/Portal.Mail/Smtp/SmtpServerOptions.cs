namespace Portal.Mail.Smtp;

/// <summary>Limits and names that every SMTP server here has.</summary>
public abstract class SmtpServerOptions
{
    /// <summary>The name in the greeting and in the answer to EHLO: a domain or an address literal.</summary>
    public string HostName { get; set; } = "localhost";

    /// <summary>Octets of one message, dot-stuffing undone; announced as SIZE (RFC 1870). Default 52,428,800 (50 MiB).</summary>
    public long MaxMessageBytes { get; set; } = 50L * 1024 * 1024;

    /// <summary>Octets of message content that all connections of this server together may hold in memory. Default 268,435,456 (256 MiB); submission 134,217,728 (128 MiB).</summary>
    public long MemoryBudgetBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>Octets of one command line with its CRLF; at least 512 (RFC 5321 section 4.5.3.1.4) and the 53 that our extensions add, on submission 553. Default 1,024; submission 2,048.</summary>
    public int MaxCommandLineBytes { get; set; } = 1024;

    /// <summary>Octets of one message line without its CRLF; at least 998 (RFC 5321 section 4.5.3.1.6). Default 2,048.</summary>
    public int MaxDataLineBytes { get; set; } = 2048;

    /// <summary>Octets of a message's header section. Default 102,400 (100 KiB).</summary>
    public int MaxHeaderBytes { get; set; } = 100 * 1024;

    /// <summary>Received fields of a message; more are taken for a loop. Default 50.</summary>
    public int MaxReceivedFields { get; set; } = 50;

    /// <summary>Accepted recipients in one transaction; at least 100 (RFC 5321 section 4.5.3.1.8). Default 1,000.</summary>
    public int MaxRecipients { get; set; } = 1000;

    /// <summary>5xx replies to commands before the session is ended. Default 25.</summary>
    public int MaxErrorsPerSession { get; set; } = 25;

    /// <summary>Open connections in all. Default 1,000.</summary>
    public int MaxConnections { get; set; } = 1000;

    /// <summary>Open connections of one IPv4 address or one IPv6 /64. Default 50.</summary>
    public int MaxConnectionsPerPeer { get; set; } = 50;

    /// <summary>From our reply to the end of the next command line. Default 5 minutes (RFC 5321 section 4.5.3.2.7).</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two arrivals of message octets. Default 3 minutes (RFC 5321 section 4.5.3.2.5).</summary>
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Octets per second that message data must reach on average once the grace is over. Default 1,024; 0 switches it off.</summary>
    public int MinDataBytesPerSecond { get; set; } = 1024;

    /// <summary>How far message data may fall behind the minimum rate. Default 1 minute.</summary>
    public TimeSpan DataRateGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For the TLS handshake. Default 30 seconds.</summary>
    public TimeSpan TlsTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For the peer to take our replies off the wire. Default 1 minute.</summary>
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For one call of the host's backend. Default 4 minutes: a sender waits 10 for the reply to its data (RFC 5321 section 4.5.3.2.6).</summary>
    public TimeSpan BackendTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>A whole session, whatever it does. Default 1 hour.</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For message data on its way when the host shuts down. Default 5 seconds.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(5);
}
