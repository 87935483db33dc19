using Portal.Vault;
using Portal.Vault.ProcessingLog;

namespace Portal.Web.Components.Log;

/// <summary>The filters of the processing log as the URL holds them; what it does not know it leaves out.</summary>
/// <param name="Range">A key of <see cref="Ranges"/>.</param>
/// <param name="Stage">One of <see cref="LogStages"/>, or null for all.</param>
/// <param name="Outcome">One of <see cref="LogOutcomes"/>, or null for all.</param>
public sealed record LogQuery(string Range, string? Stage, string? Outcome, string? Text, string? After)
{
    internal const int PageSize = 50;

    internal const string DefaultRange = "24h";

    internal static readonly IReadOnlyList<(string Key, string Label, TimeSpan Length)> Ranges =
    [
        ("1h", "Last hour", TimeSpan.FromHours(1)),
        (DefaultRange, "Last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "Last 7 days", TimeSpan.FromDays(7)),
        ("30d", "Last 30 days", TimeSpan.FromDays(30)),
    ];

    /// <summary>Whether anything but the time narrows the list.</summary>
    internal bool IsFiltered => Stage is not null || Outcome is not null || Text is not null;

    internal static LogQuery Parse(string? range, string? stage, string? outcome, string? text, string? after) => new(
        Ranges.Any(r => r.Key == range) ? range! : DefaultRange,
        stage is not null && LogStages.All.Contains(stage, StringComparer.Ordinal) ? stage : null,
        outcome is not null && LogOutcomes.All.Contains(outcome, StringComparer.Ordinal) ? outcome : null,
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        string.IsNullOrEmpty(after) ? null : after);

    internal ListProcessingLogRequest ToRequest(VaultActor actor, DateTimeOffset now, Guid? vaultboxId = null) => new(
        actor,
        From: now - Ranges.First(r => r.Key == Range).Length,
        Stages: Stage is null ? null : [Stage],
        Outcomes: Outcome is null ? null : [Outcome],
        Text: Text,
        VaultboxId: vaultboxId,
        Limit: PageSize,
        After: After);

    /// <summary>The query string, without what is the default.</summary>
    internal string ToQuery(Guid? passport = null)
    {
        var parts = new List<string>();
        Add("range", Range == DefaultRange ? null : Range);
        Add("stage", Stage);
        Add("outcome", Outcome);
        Add("q", Text);
        Add("after", After);
        Add("passport", passport?.ToString());
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
    }
}
