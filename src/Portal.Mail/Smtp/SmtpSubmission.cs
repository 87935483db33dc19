using System.Net;
using Portal.Mail.Backends;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>Takes mail from clients that have signed in (RFC 6409), in TLS alone (RFC 8314 section 3.3).</summary>
internal sealed record SmtpSubmission(
    SmtpSubmissionOptions Settings, BackendCalls Backend, TlsUpgrade Tls, SegmentPool Pool, ConnectionGate Gate, SmtpMetrics Metrics, TimeProvider Time)
    : SmtpService(Settings, SmtpSubmissionStates.Table, Backend, Tls, Pool, Gate, Metrics, Time)
{
    /// <summary>RFC 4954 section 4 sets it.</summary>
    public override int MaxAuthLineBytes => 12_288;

    public override int MaxAuthFailures => Settings.MaxAuthFailures;

    public override TimeSpan? LoginTimeout => Settings.LoginTimeout;

    public override SmtpState FirstState(IPAddress peer, bool isTls) =>
        isTls || MayBeClear(peer) ? SmtpState.Connected : SmtpState.InClear;

    public override bool OffersAuth(SmtpPeer peer) => peer.TlsProtocol is not null || MayBeClear(peer.Address);

    private bool MayBeClear(IPAddress peer) => Settings.AllowClearOnLoopback && IPAddress.IsLoopback(peer);
}
