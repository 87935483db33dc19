namespace Portal.Platform.Domains;

/// <summary>Where a list of domains by name goes on: behind the last one shown.</summary>
internal static class DomainCursor
{
    public static readonly Failure Malformed = new("cursor_malformed", "The cursor is not one that this list gave.");

    public static string Write(string name, Guid id) => $"{name}~{id:N}";

    /// <returns>False for what no list gave; null or empty is the beginning.</returns>
    public static bool TryRead(string? cursor, out (string Name, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(cursor))
            return true;
        var parts = cursor.Split('~');
        // PostgreSQL's text has no NUL.
        if (parts.Length != 2 || parts[0].Contains('\0', StringComparison.Ordinal) || !Guid.TryParseExact(parts[1], "N", out var id))
            return false;
        after = (parts[0], id);
        return true;
    }
}
