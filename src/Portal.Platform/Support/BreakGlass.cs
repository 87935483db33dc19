using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Support;

/// <summary>An admin looks without asking, with a reason. The owner is written to and sees it in the portal at once.</summary>
public sealed class BreakGlass(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    /// <param name="request">As to <see cref="AskForView"/>; the minutes count from now.</param>
    public async Task<Outcome<AskedView>> HandleAsync(Actor actor, AskForViewRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (!actor.IsFresh(now))
            return AccountFailures.StepUpRequired;
        var (reason, ticket) = (request.Reason, request.Ticket);
        if (SupportActs.RefuseWords(ref reason, ref ticket, request.Minutes) is { } fault)
            return fault;
        if (request.OwnerId == actor.UserId)
            return SupportActs.OwnAccount;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            return await BreakAsync(context, actor, request with { Reason = reason, Ticket = ticket }, now, cancellationToken);
        }
        catch (DbUpdateException caught) when (caught.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return SupportActs.ViewOpen;
        }
    }

    private async Task<Outcome<AskedView>> BreakAsync(
        PlatformContext context, Actor actor, AskForViewRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var owner = await context.Users.Where(user => user.Id == request.OwnerId && user.Status != AccountStatus.Deleted)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return AccountFailures.NotFound;
        await context.CloseLapsedAsync(actor.UserId, request.OwnerId, now, cancellationToken);
        var grant = new SupportGrant
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = request.OwnerId,
            SupporterId = actor.UserId,
            SupporterEmail = await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email!).SingleAsync(cancellationToken),
            Kind = SupportGrantKind.BreakGlass,
            Reason = request.Reason!,
            Ticket = request.Ticket,
            Minutes = request.Minutes,
            AskedAt = now,
            AnsweredAt = now,
            EndsAt = now.AddMinutes(request.Minutes),
        };
        context.SupportGrants.Add(grant);
        context.Audit(actor, Acts.GlassBroken, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now, grant.AuditDetail());
        mail.Add(context, AccountMails.GlassBroken(owner, grant));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceGrantAsync(grant, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AskedView(grant.Id, grant.EndsAt);
    }
}
