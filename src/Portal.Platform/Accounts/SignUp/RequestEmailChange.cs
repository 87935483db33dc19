using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record RequestEmailChangeRequest(string? Email);

/// <summary>
/// Begins a change of the account's address: a link to the new one, a notice with a way to stop it to the old one. If the new one has
/// an account already, its owner is told, and nobody else.
/// </summary>
public sealed class RequestEmailChange(
    IDbContextFactory<PlatformContext> contexts, MailToPeople mails, SystemMailQueue notices, IOptions<PlatformOptions> options, TimeProvider time)
{
    private static readonly Failure EmailSame = new("email_same", "This is the account’s address already.");
    private static readonly Failure TooMany = new("too_many_attempts", "Too many changes in an hour. Try again later.");

    private readonly PlatformOptions limits = options.Value;

    public async Task<Outcome<MailOnItsWay>> HandleAsync(Actor actor, RequestEmailChangeRequest request, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        if (!actor.IsFresh(now))
            return AccountFailures.StepUpRequired;
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return AddUser.EmailInvalid;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(actor.UserId, cancellationToken);
        var current = await context.Users.Where(user => user.Id == actor.UserId && user.Status == AccountStatus.Active)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (current is null)
            return AccountFailures.NotFound;
        if (current == email)
            return EmailSame;
        var hourAgo = now.AddHours(-1);
        var asked = await context.AccountLinks.CountAsync(
            link => link.UserId == actor.UserId && link.Kind == AccountLinkKind.ChangeEmail && link.CreatedAt > hourAgo, cancellationToken);
        if (asked >= limits.MailsPerHour)
            return TooMany;

        await context.RevokeLinksAsync(actor.UserId, now, cancellationToken, AccountLinkKind.ChangeEmail);
        var token = OneTimeToken.Create();
        context.AddLink(AccountLinkKind.ChangeEmail, actor.UserId, email, token, now, limits.VerifyLinkLifetime);
        var taken = await context.Users.AnyAsync(user => user.Email == email, cancellationToken);
        await mails.AddAsync(
            context, taken ? AccountMails.AlreadyHaveAccount(email) : AccountMails.ChangeEmail(email, token, limits.VerifyLinkLifetime), cancellationToken);
        notices.Add(context, AccountMails.EmailChangeAsked(current, email, now));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new MailOnItsWay(email);
    }
}
