using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Portal.Mail.Tests.Support;

/// <summary>Measurements of one host's meter: instrument, value, first tag's value.</summary>
internal sealed class RecordedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string? Tag)> _all = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="factory">The host's own, which tells its instruments from those of other hosts in this process.</param>
    public RecordedMetrics(IMeterFactory factory, string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, meter, StringComparison.Ordinal) && ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<(double Value, string? Tag)> Of(string instrument) =>
        _all.Where(m => string.Equals(m.Instrument, instrument, StringComparison.Ordinal)).Select(m => (m.Value, m.Tag));

    public void ReadGauges() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue((instrument.Name, value, tags.IsEmpty ? null : tags[0].Value?.ToString()));
}
