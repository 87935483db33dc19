using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <summary>What happened to something that the owner has in the vault.</summary>
public enum OwnerNews
{
    KeyAdded,
    KeyRetired,
    KeyResumed,
    KeyDeleted,
    KeyExpiring,
    KeyForeign,
    PassphraseChanged,
    RecoveryKitMade,
    VaultboxDeleted,
    VaultboxRestored,
    VaultboxPurged,
    AliasEnding,
}

/// <summary>Texts of the news; which are there depends on what it is.</summary>
/// <param name="Fingerprint">Lower-case hex.</param>
/// <param name="Successor">Until when another key takes mail.</param>
public sealed record OwnerNewsDetail(
    string? Name, string? Fingerprint, string? Address, long? Count, DateTimeOffset? Until, int? Days, DateTimeOffset? Successor);

/// <param name="Id">Of the news: told once, however often it is asked for.</param>
/// <param name="Page">Path of the portal where it can be looked at.</param>
public sealed record TellOwnerRequest(Guid Id, Guid UserId, OwnerNews News, OwnerNewsDetail Detail, DateTimeOffset At, string Page);

/// <summary>Writes to an owner what became of a key, a vaultbox or an alias.</summary>
public sealed class TellOwner(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail)
{
    /// <summary>The account is suspended: it is written to when it is active again.</summary>
    public static readonly Failure Suspended = new("owner_suspended", "The owner’s account is suspended.");

    /// <returns>The address that is written to; <see cref="Suspended"/>, or not found when there is nobody to write to.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, TellOwnerRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = await context.Users.Where(user => user.Id == request.UserId && user.Status != AccountStatus.Deleted)
            .Select(user => new { user.Email, user.Status }).SingleOrDefaultAsync(cancellationToken);
        if (owner?.Email is not { } email)
            return AccountFailures.NotFound;
        if (owner.Status == AccountStatus.Suspended)
            return Suspended;
        mail.Add(context, AccountMails.News(email, request), request.Id);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Whoever wrote it broke off before it could say so.
        }

        return email;
    }
}
