using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Aliases;

/// <summary>An alias and what it is at a moment: one of <see cref="AliasStates"/>.</summary>
internal sealed class AliasRow
{
    public required Alias Alias { get; init; }

    public required string State { get; init; }

    public AliasView View() => AliasView.Of(Alias, State);
}

/// <summary>The one place that tells an alias's state, for intake, submission and lists alike.</summary>
internal static class AliasQuery
{
    /// <summary>Told to the database: without it nothing escapes.</summary>
    private const string Escape = "\\";

    public static IQueryable<AliasRow> WithState(this IQueryable<Alias> aliases, DateTimeOffset now) => aliases.Select(a => new AliasRow
    {
        Alias = a,
        State = a.DeletedAt != null ? AliasStates.Deleted
            : a.ExpiresAt <= now ? AliasStates.Expired
            : a.MessageCount >= a.MaxMessages ? AliasStates.UsedUp
            : a.Status == AliasStatus.Paused ? AliasStates.Paused
            : a.MaxIdleDays != null && a.UpdatedAt.AddDays(a.MaxIdleDays.Value) <= now
                && (a.LastUsedAt == null || a.LastUsedAt.Value.AddDays(a.MaxIdleDays.Value) <= now) ? AliasStates.Idle
            : AliasStates.Active,
    });

    /// <param name="search">Part of the address, label or note; null for all.</param>
    public static IQueryable<Alias> Matching(this IQueryable<Alias> aliases, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
            return aliases;
        var pattern = $"%{Cursor.EscapeLike(search.Trim())}%";
        return aliases.Where(a => EF.Functions.ILike(a.LocalPart + "@" + a.Domain, pattern, Escape)
            || EF.Functions.ILike(a.Label!, pattern, Escape) || EF.Functions.ILike(a.Note!, pattern, Escape));
    }

    /// <param name="state">One of <see cref="AliasStates"/>; null: all but the deleted.</param>
    public static IQueryable<AliasRow> In(this IQueryable<AliasRow> rows, string? state) =>
        state is null ? rows.Where(r => r.Alias.DeletedAt == null) : rows.Where(r => r.State == state);

    /// <returns>Null for a state that there is, and for none.</returns>
    public static VaultProblem? UnknownState(string? state) => state is null || AliasStates.All.Contains(state, StringComparer.Ordinal)
        ? null
        : VaultProblem.Invalid("state_unknown", $"“{state}” is no state. Use one of: {string.Join(", ", AliasStates.All)}.");

    public static async Task<AliasView> ViewAsync(this VaultContext context, Guid aliasId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await context.Aliases.Where(a => a.Id == aliasId).WithState(now).SingleAsync(cancellationToken)).View();
}
