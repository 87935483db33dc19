using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.SignUp;

/// <param name="Password">The one chosen at sign-up.</param>
public sealed record VerifyEmailRequest(string? Token, string? Password, IPAddress? Ip);

public sealed record VerifiedEmail(Guid UserId, string Email);

/// <summary>
/// Proves a new account's address. The link shows that the mailbox is theirs, the password that the sign-up was: else whoever signed
/// up with somebody else's address would get an account that its owner proved.
/// </summary>
public sealed class VerifyEmail(
    IDbContextFactory<PlatformContext> contexts, PasswordWorkers passwords, AttemptThrottle throttle, TimeProvider time)
{
    private static readonly Failure PasswordWrong = new(
        "password_wrong", "This is not the password that was chosen at sign-up. Sign up again to choose another.");

    public async Task<Outcome<VerifiedEmail>> HandleAsync(VerifyEmailRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await context.GoodLinks(AccountLinkKind.VerifyEmail, request.Token, time.GetUtcNow())
            .Join(context.Users, link => link.UserId, user => user.Id, (link, user) => new { link.Id, UserId = user.Id, link.Email, user.PasswordHash })
            .SingleOrDefaultAsync(cancellationToken);
        if (link is null)
            return AccountLinkQueries.Ended;
        if (request.Password is not { Length: > 0 and <= PasswordRules.GreatestLength } password)
            return PasswordWrong;
        var verdict = await passwords.VerifyAsync(link.PasswordHash, password, cancellationToken);
        if (verdict == PasswordVerificationResult.Failed)
            return PasswordWrong;
        throttle.GiveBack(request.Ip);
        if (verdict is null)
            return PasswordWorkers.Busy;

        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await context.UseLinkAsync(link.Id, now, cancellationToken))
            return AccountLinkQueries.Ended;
        var verified = await context.Users.Where(user => user.Id == link.UserId && user.PasswordHash == link.PasswordHash)
            .ExecuteUpdateAsync(user => user.SetProperty(u => u.EmailConfirmed, true).SetProperty(u => u.UpdatedAt, now), cancellationToken);
        if (verified == 0)
            return AccountLinkQueries.Ended;
        await context.RevokeLinksAsync(link.UserId, now, cancellationToken, AccountLinkKind.VerifyEmail);
        context.Audit(
            AuditActors.ByLink(link.UserId, request.Ip), Acts.EmailVerified, AuditTarget.Account(link.UserId), now, new AuditDetail().Personal("email", link.Email));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new VerifiedEmail(link.UserId, link.Email);
    }
}
