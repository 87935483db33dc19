using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SignUp;

public sealed record SignUpWithEmailRequest(string? Email, string? Password, IPAddress? Ip);

/// <summary>
/// Makes an account that works once its address is proved. Whether there is one already is told to the address's owner alone: the
/// answer and its time are the same.
/// </summary>
public sealed class SignUpWithEmail(
    IDbContextFactory<PlatformContext> contexts,
    PasswordRules rules,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    MailToPeople mails,
    EvenAnswer even,
    IOptionsMonitor<SignUpOptions> signUp,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    internal static readonly Failure Closed = new("sign_up_closed", "Accounts on this server are made by its administrator.");

    private readonly TimeSpan life = options.Value.VerifyLinkLifetime;

    public async Task<Outcome<MailOnItsWay>> HandleAsync(SignUpWithEmailRequest request, CancellationToken cancellationToken)
    {
        if (signUp.CurrentValue.Mode != SignUpMode.Open)
            return Closed;
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return AddUser.EmailInvalid;
        if (rules.Check(request.Password, email, hasSecondFactor: false) is { } weak)
            return weak;
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        if (await passwords.HashAsync(request.Password!, cancellationToken) is not { } hash)
        {
            throttle.GiveBack(request.Ip);
            return PasswordWorkers.Busy;
        }

        await even.RunAsync(() => StoreAsync(email, hash, cancellationToken), cancellationToken);
        return new MailOnItsWay(email);
    }

    private async Task StoreAsync(string email, string hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var account = await context.Users.Where(user => user.Email == email)
            .Select(user => new { user.Id, IsPending = !user.EmailConfirmed && user.Status == AccountStatus.Active })
            .SingleOrDefaultAsync(cancellationToken);
        if (account is { IsPending: false })
        {
            await mails.AddAsync(context, AccountMails.AlreadyHaveAccount(email), cancellationToken);
        }
        else
        {
            var token = OneTimeToken.Create();
            if (!await mails.AddAsync(context, AccountMails.VerifyEmail(email, token, life), cancellationToken))
                return;
            var userId = account is null ? AddPending(context, email, hash) : await RenewAsync(context, account.Id, hash, cancellationToken);
            context.AddLink(AccountLinkKind.VerifyEmail, userId, email, token, time.GetUtcNow(), life);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else signs up with the address at this moment: theirs is the message that goes out.
        }
    }

    private Guid AddPending(PlatformContext context, string email, string hash)
    {
        var user = User.Create(email, Role.User, hash, time.GetUtcNow());
        user.EmailConfirmed = false;
        context.Users.Add(user);
        return user.Id;
    }

    /// <summary>Signing up again counts anew: an address that was never proved is nobody's, whoever came first.</summary>
    private async Task<Guid> RenewAsync(PlatformContext context, Guid userId, string hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await context.Users.Where(user => user.Id == userId && !user.EmailConfirmed)
            .ExecuteUpdateAsync(
                user => user.SetProperty(u => u.PasswordHash, hash).SetProperty(u => u.PasswordStandsAlone, true).SetProperty(u => u.UpdatedAt, now),
                cancellationToken);
        await context.RevokeLinksAsync(userId, now, cancellationToken, AccountLinkKind.VerifyEmail);
        return userId;
    }
}
