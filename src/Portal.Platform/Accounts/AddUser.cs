using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts.Passwords;
using Portal.Platform.Accounts.SetUp;
using Portal.Platform.Audit;

namespace Portal.Platform.Accounts;

public sealed record AddUserRequest(string? Email, Role Role, string? Password);

/// <summary>An admin, or the operator at the console, adds an account. It counts as verified.</summary>
public sealed class AddUser(IDbContextFactory<PlatformContext> contexts, PasswordRules rules, PasswordWorkers passwords, TimeProvider time)
{
    internal static readonly Failure EmailInvalid = new("email_invalid", "This is not an e-mail address that can be used here.");
    internal static readonly Failure EmailTaken = new("email_taken", "There is already an account with this e-mail address.");

    public async Task<Outcome<CreatedAccount>> HandleAsync(Actor actor, AddUserRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (!EmailAddress.TryNormalise(request.Email, out var email))
            return EmailInvalid;
        if (rules.Check(request.Password, email, hasSecondFactor: false) is { } weak)
            return weak;
        if (await passwords.HashAsync(request.Password!, cancellationToken) is not { } hash)
            return PasswordWorkers.Busy;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = User.Create(email, request.Role, hash, time.GetUtcNow());
        context.Users.Add(user);
        context.Audit(
            actor, Acts.AccountCreated, AuditTarget.Account(user.Id), user.CreatedAt, new AuditDetail().Fact("role", user.Role).Personal("email", email));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return EmailTaken;
        }

        return new CreatedAccount(user.Id, email, user.Role);
    }
}
