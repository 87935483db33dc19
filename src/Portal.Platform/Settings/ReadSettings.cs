using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Settings;

/// <summary>The values that stand over the configuration, for the portal itself.</summary>
public sealed class ReadSettings(IDbContextFactory<PlatformContext> contexts)
{
    /// <returns>By key; what this build does not know or would not take is left out.</returns>
    public async Task<IReadOnlyDictionary<string, string>> HandleAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Settings.AsNoTracking().ToListAsync(cancellationToken);
        return rows.Where(row => KnownSettings.Find(row.Key) is { } known && known.IsGood(row.Value)).ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);
    }
}
