using System.Globalization;
using System.Text;
using Portal.Platform.Support;

namespace Portal.Web.Api.Account;

/// <summary>The record of views as a table for other programs (RFC 4180): a line for each look, one for a view without any.</summary>
internal static class ViewsCsv
{
    private static readonly string[] Columns =
        ["view", "supporter", "kind", "reason", "ticket", "asked", "agreed", "started", "ended", "ended_by", "looked_at", "what", "path"];

    public static string Write(IReadOnlyList<SupportViewRecord> views)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append("\r\n");
        foreach (var view in views)
        {
            foreach (var look in view.Looks.DefaultIfEmpty())
                text.AppendJoin(',', CellsOf(view, look).Select(Cell)).Append("\r\n");
        }

        return text.ToString();
    }

    public static string Kind(SupportGrantKind kind) => kind == SupportGrantKind.BreakGlass ? "break_glass" : "consent";

    private static IEnumerable<string?> CellsOf(SupportViewRecord view, SeenInView? look) =>
    [
        view.Id.ToString(),
        view.SupporterEmail,
        Kind(view.Kind),
        view.Reason,
        view.Ticket,
        At(view.AskedAt),
        At(view.AgreedAt),
        At(view.StartedAt),
        At(view.EndedAt),
        view.EndedBy?.ToString().ToLowerInvariant(),
        At(look?.At),
        look?.What,
        look?.Path,
    ];

    private static string? At(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A supporter chooses what stands in some cells: one that a spreadsheet would compute is made text.</summary>
    private static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",;\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
