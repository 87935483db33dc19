using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Support;

/// <param name="Minutes">5 to 30; null: as many as were asked for.</param>
public sealed record AnswerViewByLinkRequest(string? Token, bool Agrees, int? Minutes, IPAddress? Ip);

/// <summary>What the page of a mailed link shows.</summary>
public sealed record ViewToAnswer(string SupporterEmail, string Reason, string? Ticket, int Minutes, DateTimeOffset AskedAt, DateTimeOffset EndsAt);

/// <summary>The owner answers a request by the mailed link. Looking at it answers nothing: scanners of mail follow links too.</summary>
public sealed class AnswerViewByLink(IDbContextFactory<PlatformContext> contexts, AttemptThrottle throttle, TimeProvider time)
{
    /// <summary>What would be answered; unknown, answered and ended look alike.</summary>
    public async Task<Outcome<ViewToAnswer>> FindAsync(string? token, IPAddress? ip, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(context, token, ip, cancellationToken);
        return found.Succeeded
            ? new ViewToAnswer(
                found.Value.SupporterEmail, found.Value.Reason, found.Value.Ticket, found.Value.Minutes, found.Value.AskedAt, found.Value.EndsAt)
            : found.Failure;
    }

    public async Task<Outcome<AnsweredView>> HandleAsync(AnswerViewByLinkRequest request, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(context, request.Token, request.Ip, cancellationToken);
        return found.Succeeded
            ? await AnswerView.AnswerAsync(
                context, AuditActors.ByLink(found.Value.OwnerId, request.Ip), found.Value, new AnswerViewRequest(found.Value.Id, request.Agrees, request.Minutes), time.GetUtcNow(), cancellationToken)
            : found.Failure;
    }

    private async Task<Outcome<SupportGrant>> FindAsync(PlatformContext context, string? token, IPAddress? ip, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(ip))
            return SignIn.TooManyAttempts;
        var hash = OneTimeToken.Hash(token ?? string.Empty);
        var grant = await context.SupportGrants.AsNoTracking().Open(time.GetUtcNow())
            .SingleOrDefaultAsync(g => g.TokenHash == hash && g.AnsweredAt == null, cancellationToken);
        if (grant is null)
            return SupportActs.ViewEnded;
        throttle.GiveBack(ip);
        return grant;
    }
}
