using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record RequestPasswordResetRequest(string? Email, IPAddress? Ip);

/// <summary>Mails a link to a new password. The same answer, and time, where there is no account.</summary>
public sealed class RequestPasswordReset(
    IDbContextFactory<PlatformContext> contexts,
    AttemptThrottle throttle,
    MailToPeople mails,
    EvenAnswer even,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    /// <summary>Links that an account has at a time.</summary>
    private const int MostLive = 3;

    private readonly TimeSpan life = options.Value.ResetLinkLifetime;

    public async Task<Outcome<MailOnItsWay>> HandleAsync(RequestPasswordResetRequest request, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return AddUser.EmailInvalid;
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await even.RunAsync(() => MailAsync(email, cancellationToken), cancellationToken);
        return new MailOnItsWay(email);
    }

    private async Task MailAsync(string email, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Users.Where(user => user.Email == email && user.Status == AccountStatus.Active)
            .Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        if (found is not { } userId)
            return;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(userId, cancellationToken);
        var now = time.GetUtcNow();
        var token = OneTimeToken.Create();
        if (await context.LiveLinks(AccountLinkKind.ResetPassword, now).CountAsync(link => link.UserId == userId, cancellationToken) >= MostLive
            || !await mails.AddAsync(context, AccountMails.ResetPassword(email, token, life), cancellationToken))
            return;
        context.AddLink(AccountLinkKind.ResetPassword, userId, email, token, now, life);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
