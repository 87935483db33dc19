using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record ConfirmEmailChangeRequest(string? Token, IPAddress? Ip);

public sealed record ChangedEmail(Guid UserId, string Email);

/// <summary>Ends a change of address by the link that went to the new one. The old one is told, and its links are void.</summary>
public sealed class ConfirmEmailChange(
    IDbContextFactory<PlatformContext> contexts, AttemptThrottle throttle, AccountCache cache, SystemMailQueue mails, TimeProvider time)
{
    public async Task<Outcome<ChangedEmail>> HandleAsync(ConfirmEmailChangeRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await context.GoodLinks(AccountLinkKind.ChangeEmail, request.Token, time.GetUtcNow()).AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (link?.UserId is not { } userId)
            return AccountLinkQueries.Ended;
        throttle.GiveBack(request.Ip);
        try
        {
            return await ChangeAsync(context, link, userId, request.Ip, cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return AddUser.EmailTaken;
        }
    }

    private async Task<Outcome<ChangedEmail>> ChangeAsync(
        PlatformContext context, AccountLink link, Guid userId, IPAddress? ip, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(userId, cancellationToken);
        var former = await context.Users.Where(user => user.Id == userId && user.Status == AccountStatus.Active)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (former is null || !await context.UseLinkAsync(link.Id, now, cancellationToken))
            return AccountLinkQueries.Ended;
        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.Email, link.Email).SetProperty(u => u.EmailConfirmed, true).SetProperty(u => u.UpdatedAt, now),
                cancellationToken);
        await context.RevokeLinksAsync(
            userId, now, cancellationToken, AccountLinkKind.ChangeEmail, AccountLinkKind.ResetPassword, AccountLinkKind.VerifyEmail);
        context.Audit(
            AuditActors.ByLink(userId, ip), Acts.EmailChanged, AuditTarget.Account(userId), now, new AuditDetail().Personal("email", former, link.Email));
        mails.Add(context, AccountMails.EmailChanged(former, link.Email, now));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        cache.Clear();
        return new ChangedEmail(userId, link.Email);
    }
}
