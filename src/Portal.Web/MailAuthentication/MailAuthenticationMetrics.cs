using System.Diagnostics.Metrics;
using Portal.Passwords;

namespace Portal.Web.MailAuthentication;

/// <summary>Counts and durations of sign-ins; tags carry pools, protocols and verdicts, never names or addresses.</summary>
internal sealed class MailAuthenticationMetrics
{
    public const string MeterName = "Portal.MailAuthentication";

    private readonly Histogram<double> duration;
    private readonly Counter<long> ended;

    public MailAuthenticationMetrics(IMeterFactory factory, CheckedPasswords known, CredentialHasher hasher)
    {
        var meter = factory.Create(MeterName);
        duration = meter.CreateHistogram<double>("portal.mail.sign_in.duration", "s", "Sign-ins of mail programs, by pool, protocol and verdict");
        ended = meter.CreateCounter<long>("portal.mail.sign_in.ended", "{session}", "Sessions ended because their credential ended, by pool");
        meter.CreateObservableGauge("portal.mail.sign_in.remembered", () => known.Count, "{password}", "Passwords judged lately");
        meter.CreateObservableGauge("portal.mail.sign_in.waiting", () => hasher.Waiting, "{check}", "Checks that wait for a bcrypt thread");
    }

    public void SignedIn(string pool, CredentialProtocol protocol, SignInVerdict verdict, TimeSpan took) => duration.Record(
        took.TotalSeconds,
        KeyValuePair.Create<string, object?>("pool", pool),
        KeyValuePair.Create<string, object?>("protocol", protocol.ToString()),
        KeyValuePair.Create<string, object?>("verdict", verdict.ToString()));

    public void Ended(string pool) => ended.Add(1, KeyValuePair.Create<string, object?>("pool", pool));
}
