using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts.SetUp;

public sealed record CreateFirstAdminRequest(string? SetupToken, string? Email, string? Password, IPAddress? Ip);

public sealed record CreatedAccount(Guid UserId, string Email, Role Role);

/// <summary>Turns a set-up link into the first admin's account; of several at once exactly one succeeds.</summary>
public sealed class CreateFirstAdmin(
    IDbContextFactory<PlatformContext> contexts,
    PasswordRules rules,
    PasswordWorkers passwords,
    AttemptThrottle throttle,
    TimeProvider time)
{
    private static readonly Failure InvalidLink = new(
        "setup_link_invalid", "This set-up link is not valid any more. Start the portal again to get a new one.");

    /// <summary>Whether the link would be taken now, so that a page need not ask for a password in vain.</summary>
    public async Task<bool> IsLinkValidAsync(string? setupToken, IPAddress? ip, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(setupToken) || !throttle.TryTake(ip))
            return false;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var valid = await UsableLinks(context, setupToken).AnyAsync(cancellationToken)
            && !await context.Users.AnyAsync(user => user.Role == Role.Admin, cancellationToken);
        if (valid)
            throttle.GiveBack(ip);
        return valid;
    }

    public async Task<Outcome<CreatedAccount>> HandleAsync(CreateFirstAdminRequest request, CancellationToken cancellationToken)
    {
        if (!throttle.TryTake(request.Ip))
            return SignIn.TooManyAttempts;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (string.IsNullOrEmpty(request.SetupToken) || !await UsableLinks(context, request.SetupToken).AnyAsync(cancellationToken))
            return InvalidLink;

        // The token is right: whoever holds it may mistype an address or a password as often as needed.
        throttle.GiveBack(request.Ip);
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return AddUser.EmailInvalid;
        if (rules.Check(request.Password, email, hasSecondFactor: false) is { } weak)
            return weak;
        if (await passwords.HashAsync(request.Password!, cancellationToken) is not { } hash)
            return PasswordWorkers.Busy;
        return await CreateAsync(context, request.SetupToken, email, hash, request.Ip, cancellationToken);
    }

    private async Task<Outcome<CreatedAccount>> CreateAsync(
        PlatformContext context, string setupToken, string email, string hash, IPAddress? ip, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await FirstAdminLock.TakeAsync(context, cancellationToken);
        if (await context.Users.AnyAsync(user => user.Role == Role.Admin, cancellationToken))
            return IssueSetupLink.AdminExists;
        if (await context.Users.AnyAsync(user => user.Email == email, cancellationToken))
            return AddUser.EmailTaken;

        var now = time.GetUtcNow();
        var used = await UsableLinks(context, setupToken).ExecuteUpdateAsync(link => link.SetProperty(l => l.UsedAt, now), cancellationToken);
        if (used == 0)
            return InvalidLink;
        var admin = User.Create(email, Role.Admin, hash, now);
        context.Users.Add(admin);
        context.Audit(
            AuditActors.ByLink(admin.Id, ip), Acts.AccountCreated, AuditTarget.Account(admin.Id), now,
            new AuditDetail().Fact("role", admin.Role).Personal("email", email));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CreatedAccount(admin.Id, email, admin.Role);
    }

    private IQueryable<SetupLink> UsableLinks(PlatformContext context, string setupToken)
    {
        var hash = OneTimeToken.Hash(setupToken);
        var now = time.GetUtcNow();
        return context.SetupLinks.Where(link => link.TokenHash == hash && link.UsedAt == null && link.ExpiresAt > now);
    }
}
