using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <param name="Name">What its owner calls it; empty: what the browser says of itself.</param>
public sealed record AddPasskeyRequest(PasskeyAnswer Answer, string? Name, string? UserAgent);

/// <param name="RecoveryCodes">Made with the account's first second factor, to be shown once; else empty.</param>
public sealed record AddedPasskey(PasskeyView Passkey, IReadOnlyList<string> RecoveryCodes);

/// <summary>Keeps the public part of a passkey that the browser has just made.</summary>
public sealed class AddPasskey(
    IDbContextFactory<PlatformContext> contexts,
    PasskeyCeremony ceremony,
    SystemMailQueue mail,
    IOptions<PlatformOptions> options,
    TimeProvider time)
{
    internal static readonly Failure Known = new("passkey_exists", "This passkey is in use here already.");

    public async Task<Outcome<AddedPasskey>> HandleAsync(Actor actor, AddPasskeyRequest request, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        var name = PasskeyName.Clean(request.Name);
        if (name.Length == 0)
            name = PasskeyName.FromUserAgent(request.UserAgent);
        if (PasskeyName.Check(name) is { } wrong)
            return wrong;
        if (await ceremony.ReadNewAsync(actor.UserId, request.Answer) is not { } made)
            return PasskeyCeremony.Refused;
        try
        {
            return await StoreAsync(actor, name, made, cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { ConstraintName: SecondFactorConfiguration.UniqueCredential })
        {
            return Known;
        }
    }

    private async Task<Outcome<AddedPasskey>> StoreAsync(Actor actor, string name, UserPasskeyInfo made, CancellationToken cancellationToken)
    {
        var userId = actor.UserId;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.LockAccountAsync(userId, cancellationToken);
        var email = await context.Users.Where(user => user.Id == userId && user.Status == AccountStatus.Active)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        var before = await context.LoadSecondFactorsAsync(userId, cancellationToken);
        if (before.Passkeys >= options.Value.PasskeysPerAccount)
            return new Failure("passkeys_full", $"An account has at most {options.Value.PasskeysPerAccount} passkeys. Remove one that you no longer use.");

        var passkey = Row(userId, name, made, now);
        context.Passkeys.Add(passkey);
        context.Audit(actor, Acts.PasskeyAdded, AuditTarget.Of(AuditTarget.PasskeyKind, passkey.Id, userId), now, new AuditDetail().Personal("name", name));
        mail.Add(context, AccountMails.PasskeyAdded(email, name));
        await context.SaveChangesAsync(cancellationToken);
        var codes = await context.FactorAddedAsync(userId, now, cancellationToken);
        await context.AnnounceAccountAsync(userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddedPasskey(new PasskeyView(passkey.Id, name, passkey.IsBackedUp, now, null), codes);
    }

    private static Passkey Row(Guid userId, string name, UserPasskeyInfo made, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        CredentialId = made.CredentialId,
        PublicKey = made.PublicKey,
        Name = name,
        SignCount = made.SignCount,
        Transports = made.Transports ?? [],
        IsUserVerified = made.IsUserVerified,
        IsBackupEligible = made.IsBackupEligible,
        IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject,
        ClientDataJson = made.ClientDataJson,
        CreatedAt = now,
    };
}
