using System.Net;
using Portal.Mail.Backends;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>One SMTP server: what its sessions share, and what sets it apart from the others.</summary>
/// <param name="States">Which command is legal when.</param>
/// <param name="Gate">Its open connections, on all its ports together.</param>
internal abstract record SmtpService(
    SmtpServerOptions Options,
    SmtpStateTable States,
    BackendCalls Backend,
    TlsUpgrade Tls,
    SegmentPool Pool,
    ConnectionGate Gate,
    SmtpMetrics Metrics,
    TimeProvider Time)
{
    /// <summary>Octets of an AUTH line and of each response to it, with CRLF; 0 where AUTH is not spoken.</summary>
    public virtual int MaxAuthLineBytes => 0;

    /// <summary>Logins without success before a session is ended.</summary>
    public virtual int MaxAuthFailures => int.MaxValue;

    /// <summary>From the connection to a login; null where nobody has to sign in.</summary>
    public virtual TimeSpan? LoginTimeout => null;

    public bool KnowsAuth => MaxAuthLineBytes > 0;

    public abstract SmtpState FirstState(IPAddress peer, bool isTls);

    /// <summary>Whether this peer may send a password now.</summary>
    public virtual bool OffersAuth(SmtpPeer peer) => false;
}
