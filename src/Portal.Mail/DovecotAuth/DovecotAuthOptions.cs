namespace Portal.Mail.DovecotAuth;

/// <summary>Limits of the Dovecot auth server; docs/guides/submission-options.md lists them.</summary>
public sealed class DovecotAuthOptions
{
    /// <summary>The configuration section the host binds.</summary>
    public const string Section = "Portal:DovecotAuth";

    /// <summary>Open connections in all: each of Postfix's smtpd processes keeps one. Default 500.</summary>
    public int MaxConnections { get; set; } = 500;

    /// <summary>Logins of one connection that are checked at once; more wait unread. Also exchanges that wait for the client. Default 64.</summary>
    public int MaxRequestsPerConnection { get; set; } = 64;

    /// <summary>Octets of one line with its LF. Default 8,192, which the protocol says lines are expected to fit into.</summary>
    public int MaxLineBytes { get; set; } = 8192;

    /// <summary>For the client's VERSION and CPID. Default 30 seconds.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For one call of the host's backend. Default 1 minute.</summary>
    public TimeSpan BackendTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
