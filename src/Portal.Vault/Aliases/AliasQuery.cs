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

    public static async Task<AliasView> ViewAsync(this VaultContext context, Guid aliasId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await context.Aliases.Where(a => a.Id == aliasId).WithState(now).SingleAsync(cancellationToken)).View();
}
