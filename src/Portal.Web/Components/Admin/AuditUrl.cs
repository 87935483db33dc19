using System.Globalization;
using Portal.Platform.Audit;

namespace Portal.Web.Components.Admin;

/// <summary>The filters of the audit log as the URL holds them, for the page and for its exports; what it does not know it leaves out.</summary>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC, with all of it.</param>
/// <param name="Before">Entries before this one.</param>
/// <param name="Entry">The entry that stands open.</param>
public sealed record AuditUrl(string? Act, string? Person, string? Target, DateOnly? From, DateOnly? To, long? Before = null, long? Entry = null)
{
    public const string Page = "/admin/audit";

    private const string Day = "yyyy-MM-dd";

    public bool IsFiltered => Act is not null || Person is not null || Target is not null || From is not null || To is not null;

    public static AuditUrl Parse(string? act, string? person, string? target, string? from, string? to, long? before = null, long? entry = null) =>
        new(Trimmed(act), Trimmed(person), Trimmed(target), ReadDay(from), ReadDay(to), before, entry);

    public AuditFilter ToFilter() => new(Act, Person, Target, Start(From), Start(To?.AddDays(1)));

    public string On(string path)
    {
        var parts = new List<string>();
        Add("act", Act);
        Add("person", Person);
        Add("target", Target);
        Add("from", DayText(From));
        Add("to", DayText(To));
        Add("before", Before?.ToString(CultureInfo.InvariantCulture));
        Add("entry", Entry?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    public static string? DayText(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue ? day : null;

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
