using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>What all sessions of the intake share.</summary>
internal sealed record SmtpIntake(
    SmtpIntakeOptions Options,
    BackendCalls Backend,
    TlsUpgrade Tls,
    SegmentPool Pool,
    SmtpMetrics Metrics,
    TimeProvider Time);
