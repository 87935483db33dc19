using System.Globalization;
using System.Net;
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

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    internal static readonly IReadOnlyList<(string Key, string Label, TimeSpan Length)> Ranges =
    [
        ("1h", "Last hour", TimeSpan.FromHours(1)),
        (DefaultRange, "Last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "Last 7 days", TimeSpan.FromDays(7)),
        ("30d", "Last 30 days", TimeSpan.FromDays(30)),
    ];

    /// <summary>Instead of a range, together with <see cref="To"/>.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>"550", "5.1.1", "550 5.1.1".</summary>
    public string? Code { get; init; }

    public string? Domain { get; init; }

    public string? Address { get; init; }

    public string? PeerIp { get; init; }

    public Guid? VaultboxId { get; init; }

    /// <summary>Passport of the only message that is listed.</summary>
    public Guid? Message { get; init; }

    /// <summary>Whether anything but the time narrows the list.</summary>
    internal bool IsFiltered => this with { Range = DefaultRange, From = null, To = null, After = null } != new LogQuery(DefaultRange, null, null, null, null);

    /// <summary>A time of its own, not one that ends now.</summary>
    internal bool IsFixed => From is not null && To is not null;

    internal static LogQuery Parse(string? range, string? stage, string? outcome, string? text, string? after) => new(
        Ranges.Any(r => r.Key == range) ? range! : DefaultRange,
        stage is not null && LogStages.All.Contains(stage, StringComparer.Ordinal) ? stage : null,
        outcome is not null && LogOutcomes.All.Contains(outcome, StringComparer.Ordinal) ? outcome : null,
        Typed(text),
        string.IsNullOrEmpty(after) ? null : after);

    /// <summary>Those filters of the URL that an admin has besides.</summary>
    internal LogQuery WithFields(LogFields fields, DateTimeOffset now)
    {
        var window = Window(fields, now);
        return this with
        {
            From = window?.From,
            To = window?.To,
            Code = LogSearch.CodesOf(fields.Code) is (null, null) ? null : Typed(fields.Code),
            Domain = Typed(fields.Domain),
            Address = Typed(fields.Address),
            PeerIp = LogSearch.IsIpAddress(Typed(fields.PeerIp) ?? "", out _) ? Typed(fields.PeerIp) : null,
            VaultboxId = Guid.TryParse(fields.VaultboxId, out var vaultbox) ? vaultbox : null,
            Message = Guid.TryParse(fields.Message, out var message) ? message : null,
        };
    }

    /// <summary>The same filters over the time that the range or the two ends say. A bar of the chart is never cut: the time begins with one.</summary>
    internal ListProcessingLogRequest ToRequest(VaultActor actor, DateTimeOffset now, Guid? vaultboxId = null)
    {
        var length = Ranges.First(r => r.Key == Range).Length;
        return new ListProcessingLogRequest(
            actor,
            From: IsFixed ? From : LogBuckets.Floor(now - length, LogBuckets.WidthFor(length)),
            To: IsFixed ? To : null,
            Stages: Stage is null ? null : [Stage],
            Outcomes: Outcome is null ? null : [Outcome],
            Text: Text,
            VaultboxId: vaultboxId ?? VaultboxId,
            Limit: PageSize,
            After: After,
            Code: Code,
            Domain: Domain,
            Address: Address,
            PeerIp: PeerIp is null ? null : IPAddress.Parse(PeerIp),
            PassportId: Message);
    }

    /// <summary>The query string, without what is the default.</summary>
    internal string ToQuery(Guid? passport = null)
    {
        var parts = new List<string>();
        Add("range", Range == DefaultRange || IsFixed ? null : Range);
        Add("from", IsFixed ? Text8601(From!.Value) : null);
        Add("to", IsFixed ? Text8601(To!.Value) : null);
        Add("stage", Stage);
        Add("outcome", Outcome);
        Add("code", Code);
        Add("domain", Domain);
        Add("address", Address);
        Add("ip", PeerIp);
        Add("vaultbox", VaultboxId?.ToString());
        Add("message", Message?.ToString());
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

    internal static string Text8601(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A time that may be counted. What ends later than that, as the last bar of a chart of weeks does, ends as late as it may.</summary>
    private static (DateTimeOffset From, DateTimeOffset To)? Window(LogFields fields, DateTimeOffset now)
    {
        if (Time(fields.From) is not { } from || Time(fields.To) is not { } asked)
            return null;
        var latest = LogBuckets.Floor(now + LogWindow.Ahead, TimeSpan.FromSeconds(1));
        var to = asked < latest ? asked : latest;
        return LogWindow.Fault(from, to, now) is null ? (from, to) : null;
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}

/// <summary>Filters as they were typed, or as the URL has them.</summary>
public sealed record LogFields
{
    public string? From { get; set; }

    public string? To { get; set; }

    public string? Code { get; set; }

    public string? Domain { get; set; }

    public string? Address { get; set; }

    public string? PeerIp { get; set; }

    public string? VaultboxId { get; set; }

    public string? Message { get; set; }
}
