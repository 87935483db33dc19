using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.ProcessingLog;

/// <param name="Name">1 to 60 characters.</param>
/// <param name="Query">The query string of the log's page, with or without its question mark.</param>
public sealed record SaveLogViewRequest(VaultActor Actor, string Name, string Query);

/// <summary>Gives filters of the log a name. At most <see cref="Most"/> each.</summary>
public sealed class SaveLogView(IDbContextFactory<VaultContext> contexts, TimeProvider time)
{
    public const int Most = 20;

    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = LogViewConfiguration.NameLength;

    internal static readonly VaultProblem NameMalformed =
        VaultProblem.Invalid("name_malformed", "A view needs a name of 60 characters at most. Shorten it.");

    public async Task<VaultResult<LogViewItem>> HandleAsync(SaveLogViewRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.LogsRead))
            return request.Actor.Refusal;
        if (NameOf(request.Name) is not { } name)
            return NameMalformed;
        var query = request.Query.TrimStart('?');
        if (query.Length > LogViewConfiguration.QueryLength || query.Any(char.IsControl))
            return VaultProblem.Invalid("view_malformed", "These filters are too long for a view. Remove one and save again.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.LogViews.CountAsync(v => v.UserId == request.Actor.UserId, cancellationToken) >= Most)
            return VaultProblem.Conflict("too_many_views", $"You have {Most} views. Delete one that you no longer need, then save again.");
        var view = new LogView { UserId = request.Actor.UserId, Name = name, Query = query, CreatedAt = time.GetUtcNow() };
        context.Add(view);
        await context.SaveChangesAsync(cancellationToken);
        return new LogViewItem(view.Id, view.Name, view.Query);
    }

    internal static string? NameOf(string? typed) =>
        LogText.Cap(typed?.Trim(), int.MaxValue) is { Length: > 0 and <= NameLength } name ? name : null;
}
