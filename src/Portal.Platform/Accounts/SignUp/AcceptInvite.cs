using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Links;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.SignUp;

public sealed record AcceptInviteRequest(string? Token, string? Password, IPAddress? Ip);

/// <summary>
/// Makes the account that an invitation is for: its address and role are the invitation's. It counts as proved: the link was mailed
/// there, or an admin who handed it over vouches.
/// </summary>
public sealed class AcceptInvite(
    IDbContextFactory<PlatformContext> contexts,
    PasswordRules rules,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    IOptionsMonitor<SignUpOptions> signUp,
    TimeProvider time)
{
    public async Task<Outcome<CreatedAccount>> HandleAsync(AcceptInviteRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var link = signUp.CurrentValue.Mode == SignUpMode.Off
            ? null
            : await context.GoodLinks(AccountLinkKind.Invite, request.Token, time.GetUtcNow()).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (link is null)
            return AccountLinkQueries.Ended;

        // The link is right: its holder may choose another password as often as needed.
        throttle.GiveBack(request.Ip);
        if (rules.Check(request.Password, link.Email, hasSecondFactor: false) is { } weak)
            return weak;
        if (await passwords.HashAsync(request.Password!, cancellationToken) is not { } hash)
            return PasswordWorkers.Busy;
        try
        {
            return await MakeAsync(context, link, hash, request.Ip, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return AddUser.EmailTaken;
        }
    }

    private async Task<Outcome<CreatedAccount>> MakeAsync(
        PlatformContext context, AccountLink link, string hash, IPAddress? ip, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await context.UseLinkAsync(link.Id, now, cancellationToken))
            return AccountLinkQueries.Ended;

        // A sign-up whose address was never proved is nobody's: the invited one takes its place.
        await context.Users.Where(user => user.Email == link.Email && !user.EmailConfirmed).ExecuteDeleteAsync(cancellationToken);
        var user = User.Create(link.Email, link.Role ?? Role.User, hash, now);
        context.Users.Add(user);
        context.Audit(
            AuditActors.ByLink(user.Id, ip), Acts.AccountCreated, AuditTarget.Account(user.Id), now,
            new AuditDetail().Fact("role", user.Role).Fact("invite", link.Id).Personal("email", link.Email));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CreatedAccount(user.Id, link.Email, user.Role);
    }
}
