using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Vault.Credentials;

namespace Portal.Vault.Aliases;

/// <param name="Action">pause, resume, delete or restore.</param>
/// <param name="Ids">1 to 500.</param>
public sealed record ChangeAliasesRequest(VaultActor Actor, Guid VaultboxId, string? Action, IReadOnlyCollection<Guid>? Ids);

/// <param name="Code">not_found, alias_primary, alias_deleted, or unchanged: it was so before.</param>
public sealed record UnchangedAlias(Guid Id, string Code, string Detail);

/// <param name="Undo">The action that takes this one back when it is asked for <paramref name="Changed"/>.</param>
/// <param name="Changed">In the order in which they were named.</param>
public sealed record ChangedAliases(string Action, string Undo, IReadOnlyList<Guid> Changed, IReadOnlyList<UnchangedAlias> Unchanged);

public static class AliasActions
{
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Delete = "delete";
    public const string Restore = "restore";
}

/// <summary>Pauses, resumes, deletes or restores many aliases at once: all that can be, or none when something breaks.</summary>
public sealed class ChangeAliases(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const int Most = 500;

    internal static VaultProblem Primary { get; } = VaultProblem.Conflict(
        "alias_primary", "This is the vaultbox's own address: it can neither be paused nor deleted, and it does not end.");

    private static VaultProblem Deleted { get; } = VaultProblem.Conflict("alias_deleted", "It is deleted. Restore it first.");

    private static VaultProblem Same { get; } = VaultProblem.Conflict("unchanged", "It was so before.");

    public async Task<VaultResult<ChangedAliases>> HandleAsync(ChangeAliasesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.VaultboxesWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await LockedDevice.LockVaultboxAsync(context, request.Actor, request.VaultboxId, cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (UndoOf(request.Action) is not { } undo)
            return VaultProblem.Invalid("action_unknown", "Use one of: pause, resume, delete, restore.");
        var ids = (request.Ids ?? []).Distinct().ToList();
        if (ids.Count is 0 or > Most)
            return VaultProblem.Invalid("ids_out_of_range", $"Name 1 to {Most} addresses; these are {ids.Count}.");

        var now = time.GetUtcNow();
        var found = await context.Aliases.Where(a => a.VaultboxId == request.VaultboxId && ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var problems = ids.ConvertAll(id => (Id: id, Problem: ProblemOf(found.GetValueOrDefault(id), request.Action!, now)));
        var changed = problems.Where(p => p.Problem is null).Select(p => p.Id).ToList();
        if (request.Action == AliasActions.Restore && await LiveRoomAsync(context, request.VaultboxId, cancellationToken) < changed.Count)
            return AliasStore.TooMany;
        await ApplyAsync(context.Aliases.Where(a => a.VaultboxId == request.VaultboxId && changed.Contains(a.Id)), request.Action!, now, cancellationToken);
        if (changed.Count > 0)
        {
            context.Audit(
                request.Actor.By, Acts.AliasesSwitched, AuditTarget.Of(AuditTarget.VaultboxKind, request.VaultboxId, request.Actor.UserId), now,
                new AuditDetail().Fact("action", request.Action).Fact("addresses", changed.Count));
            await context.SaveChangesAsync(cancellationToken);
        }

        // Whoever signed in by a deleted address is remembered for a while; this makes it forgotten.
        if (request.Action == AliasActions.Delete && changed.Count > 0)
            await context.AnnounceVaultboxAsync(request.VaultboxId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ChangedAliases(
            request.Action!, undo, changed, [.. problems.Where(p => p.Problem is not null).Select(p => new UnchangedAlias(p.Id, p.Problem!.Code, p.Problem.Detail))]);
    }

    private static string? UndoOf(string? action) => action switch
    {
        AliasActions.Pause => AliasActions.Resume,
        AliasActions.Resume => AliasActions.Pause,
        AliasActions.Delete => AliasActions.Restore,
        AliasActions.Restore => AliasActions.Delete,
        _ => null,
    };

    private static VaultProblem? ProblemOf(Alias? alias, string action, DateTimeOffset now) => alias switch
    {
        null => VaultProblem.NotFound("alias"),
        // The purge takes it within the hour.
        { DeletedAt: { } at } when at + PurgeAliases.Kept <= now => VaultProblem.NotFound("alias"),
        { DeletedAt: not null } when action is AliasActions.Pause or AliasActions.Resume => Deleted,
        { DeletedAt: not null } => action == AliasActions.Restore ? null : Same,
        { IsPrimary: true } when action is AliasActions.Pause or AliasActions.Delete => Primary,
        { Status: AliasStatus.Active } => action is AliasActions.Pause or AliasActions.Delete ? null : Same,
        _ => action is AliasActions.Resume or AliasActions.Delete ? null : Same,
    };

    private static async Task<int> LiveRoomAsync(VaultContext context, Guid vaultboxId, CancellationToken cancellationToken) =>
        AliasStore.MostLive - await context.Aliases.CountAsync(a => a.VaultboxId == vaultboxId && a.DeletedAt == null, cancellationToken);

    private static Task<int> ApplyAsync(IQueryable<Alias> aliases, string action, DateTimeOffset now, CancellationToken cancellationToken) => action switch
    {
        AliasActions.Delete => aliases.ExecuteUpdateAsync(a => a.SetProperty(x => x.DeletedAt, now).SetProperty(x => x.UpdatedAt, now), cancellationToken),
        AliasActions.Restore => aliases.ExecuteUpdateAsync(
            a => a.SetProperty(x => x.DeletedAt, (DateTimeOffset?)null).SetProperty(x => x.UpdatedAt, now), cancellationToken),
        AliasActions.Pause => aliases.ExecuteUpdateAsync(
            a => a.SetProperty(x => x.Status, AliasStatus.Paused).SetProperty(x => x.UpdatedAt, now), cancellationToken),
        _ => aliases.ExecuteUpdateAsync(a => a.SetProperty(x => x.Status, AliasStatus.Active).SetProperty(x => x.UpdatedAt, now), cancellationToken),
    };
}
