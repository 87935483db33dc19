using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.Intake;
using Portal.Vault.Notices;

namespace Portal.Vault.ProcessingLog;

public sealed record GetTraceRequest(VaultActor Actor, Guid PassportId);

/// <param name="Events">Of the message and of the tries joined to it, oldest first.</param>
/// <param name="Marks">What happened meanwhile beside the message, oldest first.</param>
public sealed record MessageTrace(Guid PassportId, IReadOnlyList<LogEntryView> Events, IReadOnlyList<TraceMark> Marks)
{
    /// <summary>Tries that were likely of this message, before or after it.</summary>
    public bool HasJoinedTries => Events.Any(e => e.PassportId != PassportId);
}

/// <param name="Kind">One of <see cref="TraceMarkKinds"/>.</param>
/// <param name="What">For a notice its kind, of <see cref="NoticeKinds"/>; for a key what it is called.</param>
/// <param name="Fingerprint">Lower-case hex SHA-256; of a key.</param>
/// <param name="WasMailed">The owner was written to as well.</param>
public sealed record TraceMark(DateTimeOffset At, string Kind, string What, string? Fingerprint, bool WasMailed);

public static class TraceMarkKinds
{
    public const string KeyAdded = "key_added";
    public const string KeyRetired = "key_retired";
    public const string OwnerTold = "owner_told";
}

/// <summary>
/// The whole way of one message: its events, the tries that were likely of it too, and what its owner was told and did about keys between
/// the first and the last. An admin sees any, an owner those of own mail.
/// </summary>
public sealed class GetTrace(IDbContextFactory<VaultContext> contexts)
{
    private const int MaxEvents = 500;
    private const int MaxTries = 50;
    private const int MaxMarks = 50;

    /// <summary>Tries of one message to as many recipients are joined.</summary>
    internal const int MaxDigests = 20;

    /// <summary>Messages joined, of all digests together.</summary>
    internal const int MaxJoined = 200;

    public async Task<VaultResult<MessageTrace>> HandleAsync(GetTraceRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var visible = request.Actor.MayAdminister ? context.ProcessingLogs : context.ProcessingLogs.Where(l => l.UserId == request.Actor.UserId);
        var rows = await visible.Where(l => l.PassportId == request.PassportId).OrderBy(l => l.OccurredAt).ThenBy(l => l.Id).Take(MaxEvents).ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return VaultProblem.NotFound("passport");
        var joined = await TriesAsync(visible, rows, cancellationToken);
        if (joined.Count > 0)
            rows.AddRange(await visible.Where(l => joined.Contains(l.PassportId)).OrderBy(l => l.OccurredAt).Take(MaxEvents).ToListAsync(cancellationToken));
        var toView = LogEntryView.FromEntry.Compile();
        var stages = LogStages.All.ToList();
        var events = rows.OrderBy(l => l.OccurredAt).ThenBy(l => stages.IndexOf(l.Stage)).Select(l => toView(l).For(request.Actor)).ToList();
        var marks = await MarksAsync(context, events, cancellationToken);
        return new MessageTrace(request.PassportId, events, request.Actor.IsSupport ? WithoutKeys(marks) : marks);
    }

    /// <summary>
    /// Passports of the tries that lead to this message or follow from it. Many messages share a digest, as a newsletter's do: what lies
    /// behind another success or another refusal is of another message.
    /// </summary>
    private static async Task<List<Guid>> TriesAsync(IQueryable<ProcessingLogEntry> visible, List<ProcessingLogEntry> own, CancellationToken cancellationToken)
    {
        var tried = own.Where(l => l.AttemptDigest is not null).ToList();
        var found = new List<Guid>();
        foreach (var attempt in tried.DistinctBy(l => Convert.ToHexString(l.AttemptDigest!), StringComparer.Ordinal).Take(MaxDigests))
        {
            var (digest, at) = (attempt.AttemptDigest, attempt.OccurredAt);
            var (since, until) = (at - DeliveryDigest.Lifetime, at + DeliveryDigest.Lifetime);
            var same = visible.Where(l => l.AttemptDigest == digest && l.PassportId != attempt.PassportId);
            var before = await same.Where(l => l.OccurredAt >= since && l.OccurredAt <= at).OrderByDescending(l => l.OccurredAt).Take(MaxTries)
                .Select(l => new Try(l.PassportId, l.Outcome)).ToListAsync(cancellationToken);
            found.AddRange(before.TakeWhile(t => t.Outcome == LogOutcomes.Deferred).Select(t => t.PassportId));
            if (own.Any(l => l.Outcome != LogOutcomes.Deferred))
                continue;
            var after = await same.Where(l => l.OccurredAt > at && l.OccurredAt <= until).OrderBy(l => l.OccurredAt).Take(MaxTries)
                .Select(l => new Try(l.PassportId, l.Outcome)).ToListAsync(cancellationToken);
            var deferred = after.TakeWhile(t => t.Outcome == LogOutcomes.Deferred).ToList();
            found.AddRange(after.Take(deferred.Count + 1).Select(t => t.PassportId));
        }

        return found.Distinct().Take(MaxJoined).ToList();
    }

    /// <summary>Only where something was held up: a message that came through at once has nothing to explain.</summary>
    private static async Task<IReadOnlyList<TraceMark>> MarksAsync(VaultContext context, List<LogEntryView> events, CancellationToken cancellationToken)
    {
        var (from, to) = (events[0].OccurredAt, events[^1].OccurredAt);
        var boxes = events.Select(e => e.VaultboxId).OfType<Guid>().Distinct().ToList();
        if (boxes.Count == 0 || events.All(e => e.Outcome != LogOutcomes.Deferred))
            return [];
        var keys = await context.Certificates
            .Where(c => boxes.Contains(c.VaultboxId) && c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail
                && ((c.CreatedAt >= from && c.CreatedAt <= to) || (c.RetiredAt >= from && c.RetiredAt <= to)))
            .OrderBy(c => c.CreatedAt).Take(MaxMarks).Select(c => new { c.FriendlyName, c.FingerprintSha256, c.CreatedAt, c.RetiredAt }).ToListAsync(cancellationToken);
        var notices = await context.OwnerNotices
            .Where(n => n.VaultboxId != null && boxes.Contains(n.VaultboxId.Value) && n.OccurredAt >= from && n.OccurredAt <= to)
            .OrderBy(n => n.OccurredAt).Take(MaxMarks).Select(n => new { n.OccurredAt, n.Kind, n.Detail, n.MailedAt }).ToListAsync(cancellationToken);
        var marks = keys.Where(k => k.CreatedAt >= from && k.CreatedAt <= to)
            .Select(k => new TraceMark(k.CreatedAt, TraceMarkKinds.KeyAdded, k.FriendlyName, Convert.ToHexStringLower(k.FingerprintSha256), false));
        marks = marks.Concat(keys.Where(k => k.RetiredAt >= from && k.RetiredAt <= to)
            .Select(k => new TraceMark(k.RetiredAt!.Value, TraceMarkKinds.KeyRetired, k.FriendlyName, Convert.ToHexStringLower(k.FingerprintSha256), false)));
        marks = marks.Concat(notices.Select(n => new TraceMark(n.OccurredAt, TraceMarkKinds.OwnerTold, n.Kind, FingerprintIn(n.Detail), n.MailedAt is not null)));
        return [.. marks.OrderBy(m => m.At)];
    }

    /// <summary>A supporter is told that the owner was, and of no key which it is.</summary>
    private static IReadOnlyList<TraceMark> WithoutKeys(IEnumerable<TraceMark> marks) =>
        [.. marks.Where(m => m.Kind == TraceMarkKinds.OwnerTold).Select(m => m with { Fingerprint = null })];

    private static string? FingerprintIn(string detail)
    {
        using var json = JsonDocument.Parse(detail);
        return json.RootElement.TryGetProperty(NoticeDetails.Fingerprint, out var value) ? value.GetString() : null;
    }

    private sealed record Try(Guid PassportId, string Outcome);
}
