using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.Settings;

/// <param name="ChangedBy">The admin's e-mail address; null when the account is gone.</param>
public sealed record StoredSetting(string Key, string Value, string? ChangedBy, DateTimeOffset ChangedAt);

public sealed record StoredSettings(IReadOnlyList<StoredSetting> Items);

/// <summary>What admins chose at run time, and who did.</summary>
public sealed class ListSettings(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<StoredSettings>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new StoredSettings(await context.Settings.AsNoTracking().OrderBy(setting => setting.Key)
            .Select(setting => new StoredSetting(
                setting.Key, setting.Value, context.Users.Where(user => user.Id == setting.ChangedBy).Select(user => user.Email).SingleOrDefault(), setting.ChangedAt))
            .ToListAsync(cancellationToken));
    }
}
