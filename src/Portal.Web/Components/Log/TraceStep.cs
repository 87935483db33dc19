using System.Globalization;
using Portal.Vault.Notices;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.Components.Log;

/// <summary>One line of a trace: an event of the log, or what happened beside the message.</summary>
/// <param name="Code">As the sender's server got it; empty when nothing was answered.</param>
/// <param name="Facts">The exact terms.</param>
internal sealed record TraceStep(
    DateTimeOffset At, StageWords Words, string Code, string Detail, string Facts, IReadOnlyList<string> Fingerprints)
{
    /// <summary>Events and marks together, oldest first; of one moment the event comes first.</summary>
    internal static IReadOnlyList<TraceStep> Of(MessageTrace trace)
    {
        var tries = trace.Events.Select(e => e.PassportId).Distinct().ToList();
        return [.. trace.Events.Select(e => Of(e, tries.IndexOf(e.PassportId))).Concat(trace.Marks.Select(Of)).OrderBy(step => step.At)];
    }

    /// <summary>"+7 ms", "+2 min" since the step before.</summary>
    internal static string Gap(TraceStep before, TraceStep step) => $"+{LogWords.Length(step.At - before.At)}";

    private static TraceStep Of(LogEntryView entry, int attempt) => new(
        entry.OccurredAt,
        LogWords.Stage(entry.Stage),
        LogWords.Code(entry),
        attempt > 0 && entry.Stage is not (LogStages.Sealed or LogStages.Stored)
            ? $"Try {(attempt + 1).ToString(CultureInfo.InvariantCulture)}, likely of the same message. {LogWords.Detail(entry)}"
            : LogWords.Detail(entry),
        string.Join(" · ", FactsOf(entry).Where(fact => !string.IsNullOrEmpty(fact))),
        entry.CertificateFingerprints ?? []);

    private static TraceStep Of(TraceMark mark)
    {
        var words = mark.Kind switch
        {
            TraceMarkKinds.KeyAdded => new StageWords("New key added", "key-round", "info"),
            TraceMarkKinds.KeyRetired => new StageWords("Key retired", "archive", "neutral"),
            _ => new StageWords("Owner told", "bell", "info"),
        };
        var detail = mark.Kind == TraceMarkKinds.OwnerTold
            ? $"{AboutWhat(mark.What)}, in the portal{(mark.WasMailed ? " and by mail" : "")}"
            : $"By the owner: {mark.What}";
        return new TraceStep(mark.At, words, "", detail, "", mark.Fingerprint is { } fingerprint ? [fingerprint] : []);
    }

    private static string AboutWhat(string kind) => kind switch
    {
        NoticeKinds.KeyExpiring => "Of a key that ends",
        NoticeKinds.KeyForeign => "Of a key that is not signed by its owner",
        NoticeKinds.KeyAdded => "Of a key that was added",
        NoticeKinds.KeyRetired => "Of a key that was retired",
        NoticeKinds.KeyResumed => "Of a key that is used again",
        NoticeKinds.KeyDeleted => "Of a key that was deleted",
        NoticeKinds.AliasEnding => "Of addresses that end",
        _ => "Of a change to the vaultbox",
    };

    /// <summary>Of a try who made it, of the rest how long it took: what stands under the steps is not said at each.</summary>
    private static IEnumerable<string?> FactsOf(LogEntryView entry) => entry.Stage switch
    {
        LogStages.Sealed => [Took(entry)],
        LogStages.Stored => [Took(entry), entry.Instance],
        _ => [LogWords.Peer(entry), entry.AuthenticatedAs is { } name ? $"signed in as {name}" : null, entry.Tls, Took(entry), entry.Instance],
    };

    private static string? Took(LogEntryView entry) => entry.DurationMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"took {ms:0.#} ms") : null;
}
