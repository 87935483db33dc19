using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Support;

/// <param name="Reason">1 to 200 characters; the owner reads it.</param>
/// <param name="Ticket">At most 60 characters; null: there is none.</param>
/// <param name="Minutes">5 to 30; the owner may choose another number.</param>
public sealed record AskForViewRequest(Guid OwnerId, string? Reason, string? Ticket, int Minutes);

/// <param name="EndsAt">Until when the answer counts.</param>
public sealed record AskedView(Guid GrantId, DateTimeOffset EndsAt);

/// <summary>Support asks an owner to let them look. The owner answers in the portal, or by the link that is mailed here.</summary>
public sealed class AskForView(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    /// <summary>Requests of one supporter to one owner within an hour.</summary>
    internal const int MostPerHour = 5;

    public async Task<Outcome<AskedView>> HandleAsync(Actor actor, AskForViewRequest request, CancellationToken cancellationToken)
    {
        if (SupportActs.RefuseStranger(actor) is { } refusal)
            return refusal;
        var (reason, ticket) = (request.Reason, request.Ticket);
        if (SupportActs.RefuseWords(ref reason, ref ticket, request.Minutes) is { } fault)
            return fault;
        if (request.OwnerId == actor.UserId)
            return SupportActs.OwnAccount;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            return await AskAsync(context, actor, request with { Reason = reason, Ticket = ticket }, cancellationToken);
        }
        catch (DbUpdateException caught) when (caught.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return SupportActs.ViewOpen;
        }
    }

    private async Task<Outcome<AskedView>> AskAsync(PlatformContext context, Actor actor, AskForViewRequest request, CancellationToken cancellationToken)
    {
        var (now, token) = (time.GetUtcNow(), OneTimeToken.Create());
        var hourAgo = now.AddHours(-1);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var owner = await context.Users.Where(user => user.Id == request.OwnerId && user.Status == AccountStatus.Active)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return AccountFailures.NotFound;
        var asked = await context.SupportGrants.CountAsync(
            grant => grant.SupporterId == actor.UserId && grant.OwnerId == request.OwnerId && grant.AskedAt > hourAgo, cancellationToken);
        if (asked >= MostPerHour)
            return SupportActs.TooOften;
        await context.CloseLapsedAsync(actor.UserId, request.OwnerId, now, cancellationToken);
        var grant = new SupportGrant
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = request.OwnerId,
            SupporterId = actor.UserId,
            SupporterEmail = await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email!).SingleAsync(cancellationToken),
            Kind = SupportGrantKind.Consent,
            Reason = request.Reason!,
            Ticket = request.Ticket,
            Minutes = request.Minutes,
            TokenHash = OneTimeToken.Hash(token),
            AskedAt = now,
            EndsAt = now + SupportActs.AnswerTime,
        };
        context.SupportGrants.Add(grant);
        context.Audit(actor, Acts.GrantAsked, AuditTarget.Of(AuditTarget.GrantKind, grant.Id, grant.OwnerId), now, grant.AuditDetail());
        mail.Add(context, AccountMails.ViewAsked(owner, grant, token));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceGrantAsync(grant, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AskedView(grant.Id, grant.EndsAt);
    }
}
