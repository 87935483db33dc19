using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Audit;

namespace Portal.Platform.Settings;

/// <param name="Key">One of <see cref="KnownSettings"/>.</param>
/// <param name="Value">As the page has it: a choice, or a number. Null: what the configuration says holds again.</param>
public sealed record ChangeSettingRequest(string? Key, string? Value);

/// <param name="Value">As the configuration has it; null when the setting was taken back.</param>
public sealed record ChangedSetting(string Key, string? Value);

/// <summary>An admin changes how the portal behaves, on every instance within seconds.</summary>
public sealed class ChangeSetting(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<ChangedSetting>> HandleAsync(Actor actor, ChangeSettingRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        if (KnownSettings.Find(request.Key) is not { } known)
            return new Failure("setting_unknown", "There is no such setting.");
        var value = "";
        if (request.Value is not null && !known.TryRead(request.Value, out value))
        {
            return new Failure("setting_out_of_range", known.Choices.Count > 0
                ? $"Choose one of {string.Join(", ", known.Choices)}."
                : string.Create(CultureInfo.InvariantCulture, $"Choose a whole number from {known.Least} to {known.Most}."));
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var former = await context.Settings.Where(s => s.Key == known.Key).Select(s => s.Value).SingleOrDefaultAsync(cancellationToken);
        Guid? by = actor.UserId == Guid.Empty ? null : actor.UserId;
        if (request.Value is null)
        {
            await context.Settings.Where(s => s.Key == known.Key).ExecuteDeleteAsync(cancellationToken);
        }
        else
        {
            // The same setting changed twice at once: the later one holds.
            await context.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO settings (key, value, changed_by, changed_at) VALUES ({known.Key}, {value}, {by}, {now})
                 ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at
                 """,
                cancellationToken);
        }

        var changed = new ChangedSetting(known.Key, request.Value is null ? null : value);
        context.Audit(actor, Acts.SettingChanged, new AuditTarget(AuditTarget.SettingKind, known.Key, null), now, new AuditDetail().Fact("value", former, changed.Value));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }
}
