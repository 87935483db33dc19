using System.Globalization;
using Portal.Vault.ProcessingLog;
using Portal.Web.Components.Shared;

namespace Portal.Web.Components.Log;

/// <summary>The processing log in plain words. The reply codes stay beside them: senders quote them.</summary>
internal static class LogWords
{
    private static readonly Dictionary<string, StageWords> Stages = new(StringComparer.Ordinal)
    {
        [LogStages.Refused] = new("Refused", "circle-x", "error"),
        [LogStages.Deferred] = new("Held up", "clock", "warn"),
        [LogStages.Accepted] = new("Accepted", "download", "neutral"),
        [LogStages.Sealed] = new("Sealed", "mail-check", "ok"),
        [LogStages.Stored] = new("Stored", "circle-check", "ok"),
        [LogStages.Duplicate] = new("Duplicate", "copy", "neutral"),
        [LogStages.Purged] = new("Destroyed", "trash-2", "neutral"),
    };

    internal static StageWords Stage(string stage) =>
        Stages.GetValueOrDefault(stage) ?? new StageWords(stage.Length == 0 ? stage : char.ToUpperInvariant(stage[0]) + stage[1..], "circle", "neutral");

    /// <summary>"7 ms", "2 min".</summary>
    internal static string Length(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0} days"),
    };

    internal static string Outcome(string outcome) => outcome switch
    {
        LogOutcomes.Ok => "Went well",
        LogOutcomes.Deferred => "Held up",
        LogOutcomes.Refused => "Refused",
        _ => outcome,
    };

    /// <summary>"24 Nov, 17:04 to 17:19 UTC".</summary>
    internal static string Span(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (from.UtcDateTime, to.UtcDateTime);
        var end = last.ToString(first.Date == last.Date ? "HH:mm" : "d MMM, HH:mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{first:d MMM, HH:mm} to {end} UTC");
    }

    /// <summary>The mailbox that the event is about; before one is named, the host that asked.</summary>
    internal static string Who(LogEntryView entry) => entry.Recipient ?? Peer(entry) ?? "this server";

    internal static string? Peer(LogEntryView entry) => (entry.PeerName, entry.PeerIp) switch
    {
        ({ } name, { } address) => $"{name} ({address})",
        ({ } name, null) => name,
        (null, { } address) => address.ToString(),
        _ => null,
    };

    /// <summary>"550 5.1.1", as the sender's server got it; empty when the event sent no reply.</summary>
    internal static string Code(LogEntryView entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.SmtpCode} {entry.EnhancedCode}").Trim();

    /// <summary>Reason, size, cipher and number of keys, as far as the event has them.</summary>
    internal static string Detail(LogEntryView entry) => string.Join(" · ", DetailsOf(entry).Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>What happened to the owner's own mail, as a sentence.</summary>
    internal static string Sentence(LogEntryView entry)
    {
        if (entry.AuthenticatedAs is { } credential)
            return Sending(entry, credential);
        var sender = entry.Sender is { Length: > 0 } address ? $"mail from {address}" : $"mail from {Peer(entry) ?? "an unnamed host"}";
        return entry.Stage switch
        {
            LogStages.Refused => $"We refused {sender}.",
            LogStages.Deferred => $"We held up {sender}; its server tries again.",
            LogStages.Accepted => $"We took {sender}.",
            LogStages.Sealed => $"Sealed {sender} to {Amounts.Count(entry.CertificateFingerprints?.Count ?? 0, "key", "keys")}.",
            LogStages.Stored => $"Stored {sender}. Only your keys open it.",
            LogStages.Duplicate => $"Already had {sender}: the same delivery came twice and is kept once.",
            _ => $"{Stage(entry.Stage).Label}: {sender}.",
        };
    }

    /// <summary>What happened to mail that a device of the owner's handed in.</summary>
    private static string Sending(LogEntryView entry, string credential) => entry.Stage switch
    {
        LogStages.Refused => $"We did not send for {credential}.",
        LogStages.Deferred => $"We put off {credential}; its program tries again.",
        LogStages.Accepted => $"Sent for {credential}.",
        _ => $"{Stage(entry.Stage).Label}: {credential}.",
    };

    private static IEnumerable<string?> DetailsOf(LogEntryView entry)
    {
        yield return entry.Reason;
        yield return entry.SizeBytes is { } size ? Amounts.Size(size) : null;
        yield return entry.Cipher;
        yield return entry.CertificateFingerprints is { Count: > 0 and var keys } ? Amounts.Count(keys, "key", "keys") : null;
    }
}

/// <param name="Symbol">Icon of the sprite.</param>
/// <param name="Kind">Kind of the chip.</param>
internal sealed record StageWords(string Label, string Symbol, string Kind);
