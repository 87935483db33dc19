using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.MotorBlocks;

/// <param name="Limit">Rows, 1 to 200.</param>
/// <param name="After">The cursor of the page before.</param>
public sealed record ListMotorBlocksRequest(int Limit = 50, string? After = null);

/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record MotorBlockPage(IReadOnlyList<MotorBlockView> Items, string? Next);

/// <summary>The account's motor blocks that are not revoked, newest first.</summary>
public sealed class ListMotorBlocks(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<MotorBlockPage>> HandleAsync(Actor actor, ListMotorBlocksRequest request, CancellationToken cancellationToken)
    {
        if (MotorBlockAccess.RefuseRead(actor) is { } refusal)
            return refusal;
        if (request.Limit is < 1 or > 200)
            return new Failure("limit_out_of_range", "The limit is from 1 to 200.");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var blocks = context.MotorBlocks.Where(block => block.UserId == actor.UserId && block.RevokedAt == null);
        if (request.After is not null)
        {
            if (!Guid.TryParseExact(request.After, "N", out var after))
                return new Failure("cursor_malformed", "The cursor is not one that this list gave.");
            blocks = blocks.Where(block => block.Id.CompareTo(after) < 0);
        }

        // An id begins with the time at which it was made.
        var items = await context.Viewed(blocks.OrderByDescending(block => block.Id).Take(request.Limit + 1), time.GetUtcNow())
            .ToListAsync(cancellationToken);
        if (items.Count <= request.Limit)
            return new MotorBlockPage(items, null);
        items.RemoveAt(request.Limit);
        return new MotorBlockPage(items, items[^1].Id.ToString("N"));
    }
}
