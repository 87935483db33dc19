using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <param name="What">In plain words.</param>
/// <param name="Path">With its ids, without query.</param>
/// <param name="Continues">A circuit begins for a page that came by HTTP: the supporter may have gone on by then.</param>
public sealed record NoteLookRequest(string What, string Path, bool Continues = false);

/// <summary>Writes down what a supporter opened, before it is shown. The owner's portal hears of it at once.</summary>
public sealed class NoteLook(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    /// <summary>The page that is open, asked for again.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromSeconds(10);

    /// <summary>Until a circuit has begun, however slow the line.</summary>
    private static readonly TimeSpan CircuitBegins = TimeSpan.FromMinutes(1);

    /// <summary>About one each second for the longest view: more is a program that copies, and the view ends.</summary>
    internal const int MostLooks = 2000;

    public async Task<Outcome<Guid>> HandleAsync(Actor actor, NoteLookRequest request, CancellationToken cancellationToken)
    {
        if (actor.Support is not { } view)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var path = Shorten(request.Path, SupportLookConfiguration.PathLength);
        if (await FindSameAsync(context, view.GrantId, path, request.Continues, now, cancellationToken) is { } same)
            return same;
        if (await context.SupportLooks.CountAsync(l => l.GrantId == view.GrantId, cancellationToken) >= MostLooks)
            return await EndAsync(context, actor, view.GrantId, now, cancellationToken);
        var look = new SupportLook
        {
            Id = Guid.CreateVersion7(now),
            GrantId = view.GrantId,
            At = now,
            What = Shorten(request.What, SupportLookConfiguration.WhatLength),
            Path = path,
        };
        context.SupportLooks.Add(look);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceLookAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return look.Id;
    }

    /// <returns>The look that this one goes on with: the newest, or for a circuit that of its page, whatever was opened meanwhile.</returns>
    private static async Task<Guid?> FindSameAsync(
        PlatformContext context, Guid grantId, string path, bool continues, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - (continues ? CircuitBegins : SameLook);
        var looks = context.SupportLooks.AsNoTracking().Where(l => l.GrantId == grantId && l.At > since);
        if (continues)
            looks = looks.Where(l => l.Path == path);
        var last = await looks.OrderByDescending(l => l.At).ThenByDescending(l => l.Id).FirstOrDefaultAsync(cancellationToken);
        return last is not null && string.Equals(last.Path, path, StringComparison.Ordinal) ? last.Id : null;
    }

    private async Task<Failure> EndAsync(PlatformContext context, Actor actor, Guid grantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var grant = await context.SupportGrants.AsNoTracking().SingleAsync(g => g.Id == grantId, cancellationToken);
        if (await context.EndGrantAsync(grant, SupportEnd.Supporter, now, cancellationToken))
        {
            context.Audit(
                actor, Acts.GrantEnded, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now,
                new AuditDetail().Fact("by", SupportEnd.Supporter).Fact("looks", MostLooks));
        }

        await context.SaveChangesAsync(cancellationToken);
        await context.Database.CommitTransactionAsync(cancellationToken);
        cache.Clear();
        return SupportActs.ViewEnded;
    }

    private static string Shorten(string text, int length) => text.Length > length ? text[..length] : text;
}
