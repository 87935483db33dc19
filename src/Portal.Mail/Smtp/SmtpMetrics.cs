using System.Diagnostics.Metrics;
using Portal.Mail.Transport;

namespace Portal.Mail.Smtp;

/// <summary>Counts and durations of one server; tags carry verbs, reply codes and reasons, never names or addresses.</summary>
internal sealed class SmtpMetrics
{
    public const string MeterName = "Portal.Mail.Smtp";
    public const string SubmissionMeterName = "Portal.Mail.Submission";

    private readonly Counter<long> _connections;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _refusals;
    private readonly Histogram<long> _messageBytes;
    private readonly Histogram<double> _backendSeconds;

    private SmtpMetrics(Meter meter, string prefix, SegmentPool pool, ConnectionGate gate)
    {
        _connections = meter.CreateCounter<long>($"{prefix}.connections", "{connection}", "Connections opened, by verdict");
        _commands = meter.CreateCounter<long>($"{prefix}.commands", "{command}", "Commands answered, by verb and reply code");
        _refusals = meter.CreateCounter<long>($"{prefix}.refusals", "{refusal}", "Refusals by the protocol itself, by reason");
        _messageBytes = meter.CreateHistogram<long>($"{prefix}.message.size", "By", "Messages handed to the backend");
        _backendSeconds = meter.CreateHistogram<double>($"{prefix}.backend.duration", "s", "Backend calls, by call and reply code");
        meter.CreateObservableGauge($"{prefix}.connections.open", () => gate.Total, "{connection}", "Connections open now");
        meter.CreateObservableGauge($"{prefix}.memory.held", () => pool.HeldBytes, "By", "Message content in memory now");
        meter.CreateObservableGauge($"{prefix}.memory.budget", () => pool.BudgetBytes, "By", "Most that message content may take");
    }

    public static SmtpMetrics OfIntake(IMeterFactory factory, SegmentPool pool, ConnectionGate gate) =>
        new(factory.Create(MeterName), "portal.smtp", pool, gate);

    public static SmtpMetrics OfSubmission(IMeterFactory factory, SegmentPool pool, ConnectionGate gate) =>
        new(factory.Create(SubmissionMeterName), "portal.submission", pool, gate);

    public void Connection(GateVerdict verdict) =>
        _connections.Add(1, KeyValuePair.Create<string, object?>("verdict", verdict.ToString()));

    public void Command(string verb, int code) =>
        _commands.Add(1, KeyValuePair.Create<string, object?>("verb", verb), KeyValuePair.Create<string, object?>("code", code));

    public void Refusal(string reason) =>
        _refusals.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    public void Message(long octets) => _messageBytes.Record(octets);

    public void Backend(string call, int code, TimeSpan took) =>
        _backendSeconds.Record(
            took.TotalSeconds,
            KeyValuePair.Create<string, object?>("call", call),
            KeyValuePair.Create<string, object?>("code", code));
}
