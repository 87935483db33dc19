using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <param name="What">In plain words.</param>
/// <param name="Path">With its ids, without query.</param>
public sealed record NoteLookRequest(string What, string Path);

/// <summary>Writes down what a supporter opened, before it is shown. The owner's portal hears of it at once.</summary>
public sealed class NoteLook(IDbContextFactory<PlatformContext> contexts, AccountCache cache, TimeProvider time)
{
    /// <summary>A page that comes by HTTP and goes on in its circuit is one look.</summary>
    private static readonly TimeSpan SameLook = TimeSpan.FromSeconds(10);

    /// <summary>About one each second for the longest view: more is a program that copies, and the view ends.</summary>
    internal const int MostLooks = 2000;

    public async Task<Outcome<Guid>> HandleAsync(Actor actor, NoteLookRequest request, CancellationToken cancellationToken)
    {
        if (actor.Support is not { } view)
            return AccountFailures.NotFound;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var since = now - SameLook;
        var last = await context.SupportLooks.AsNoTracking().Where(l => l.GrantId == view.GrantId && l.At > since)
            .OrderByDescending(l => l.At).ThenByDescending(l => l.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is not null && string.Equals(last.Path, Shorten(request.Path, SupportLookConfiguration.PathLength), StringComparison.Ordinal))
            return last.Id;
        if (await context.SupportLooks.CountAsync(l => l.GrantId == view.GrantId, cancellationToken) >= MostLooks)
            return await EndAsync(context, actor, view.GrantId, now, cancellationToken);
        var look = new SupportLook
        {
            Id = Guid.CreateVersion7(now),
            GrantId = view.GrantId,
            At = now,
            What = Shorten(request.What, SupportLookConfiguration.WhatLength),
            Path = Shorten(request.Path, SupportLookConfiguration.PathLength),
        };
        context.SupportLooks.Add(look);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceLookAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return look.Id;
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
