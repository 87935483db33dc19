using System.Diagnostics.Metrics;
using Portal.Mail.Backends;

namespace Portal.Mail.DovecotAuth;

/// <summary>Counts and durations of the Dovecot auth server; tags carry outcomes, never names or addresses.</summary>
internal sealed class DovecotAuthMetrics
{
    public const string MeterName = "Portal.Mail.DovecotAuth";

    private readonly Histogram<double> _loginSeconds;
    private int _open;

    public DovecotAuthMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _loginSeconds = meter.CreateHistogram<double>("portal.dovecot_auth.login.duration", "s", "Logins checked, by outcome");
        meter.CreateObservableGauge("portal.dovecot_auth.connections.open", () => Volatile.Read(ref _open), "{connection}", "Connections open now");
    }

    /// <summary>How many are open with this one. Each is followed by one <see cref="Closed"/>.</summary>
    public int Opened() => Interlocked.Increment(ref _open);

    public void Closed() => Interlocked.Decrement(ref _open);

    public void Login(DovecotAuthDecision decision, TimeSpan took)
    {
        var outcome = decision switch
        {
            { Username: not null } => "accepted",
            { IsTemporary: true } => "later",
            _ => "refused",
        };
        _loginSeconds.Record(took.TotalSeconds, KeyValuePair.Create<string, object?>("outcome", outcome));
    }
}
