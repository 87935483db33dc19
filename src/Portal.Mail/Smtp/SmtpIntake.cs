using System.Net;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>Takes in mail from anybody (RFC 5321).</summary>
internal sealed record SmtpIntake(
    SmtpIntakeOptions Settings, BackendCalls Backend, TlsUpgrade Tls, SegmentPool Pool, ConnectionGate Gate, SmtpMetrics Metrics, TimeProvider Time)
    : SmtpService(Settings, SmtpStateTable.Intake, Backend, Tls, Pool, Gate, Metrics, Time)
{
    public override SmtpState FirstState(IPAddress peer, bool isTls) => SmtpState.Connected;
}
