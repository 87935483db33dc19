using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record ResendVerificationRequest(string? Email, IPAddress? Ip);

/// <summary>Mails a new account's link once more. The same answer, and time, where there is nothing to prove.</summary>
public sealed class ResendVerification(
    IDbContextFactory<PlatformContext> contexts,
    AttemptThrottle throttle,
    MailToPeople mails,
    EvenAnswer even,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    private readonly TimeSpan life = options.Value.VerifyLinkLifetime;

    public async Task<Outcome<MailOnItsWay>> HandleAsync(ResendVerificationRequest request, CancellationToken cancellationToken)
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
        var userId = await context.Users.Where(user => user.Email == email && !user.EmailConfirmed && user.Status == AccountStatus.Active)
            .Select(user => (Guid?)user.Id).SingleOrDefaultAsync(cancellationToken);
        if (userId is not { } pending)
            return;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var token = OneTimeToken.Create();
        if (!await mails.AddAsync(context, AccountMails.VerifyEmail(email, token, life), cancellationToken))
            return;
        context.AddLink(AccountLinkKind.VerifyEmail, pending, email, token, time.GetUtcNow(), life);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
