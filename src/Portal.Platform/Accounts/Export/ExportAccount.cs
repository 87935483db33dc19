using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Tokens;
using Portal.Platform.Audit;
using Portal.Platform.MotorBlocks;

namespace Portal.Platform.Accounts.Export;

/// <summary>
/// All that the platform holds about the actor's account, for the owner to keep. What proves somebody stays out: no password hash, no
/// token, no secret of a second factor, no text of a message.
/// </summary>
public sealed class ExportAccount(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<ExportedAccount>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountRead))
            return actor.Refusal;
        var id = actor.UserId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var profile = await context.Users.Where(user => user.Id == id)
            .Select(user => new ExportedProfile(
                user.Id, user.Email!, user.EmailConfirmed, user.Role, user.Status, user.PasswordHash != null, user.TwoFactorEnabled,
                user.DeletionDueAt, user.CreatedAt, user.UpdatedAt))
            .SingleOrDefaultAsync(cancellationToken);
        if (profile is null)
            return AccountFailures.NotFound;
        context.Audit(actor, Acts.DataExported, AuditTarget.Account(id), time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        return new ExportedAccount(
            profile,
            await context.Sessions.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
                .Select(row => new ExportedSession(row.Id, row.AuthMethod, row.Ip, row.UserAgent, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.RevokedAt))
                .ToListAsync(cancellationToken),
            await context.ApiTokens.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
                .Select(row => new ExportedToken(row.Id, row.Name, row.Prefix, row.Scopes, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.LastUsedIp, row.RevokedAt))
                .ToListAsync(cancellationToken),
            await SecondFactorsAsync(context, id, cancellationToken),
            await context.Domains.Where(row => row.UserId == id).OrderBy(row => row.Name)
                .Select(row => new ExportedDomain(row.Id, row.Name, row.VerificationStatus, row.Shared, row.CreatedAt))
                .ToListAsync(cancellationToken),
            await MotorBlocksAsync(context, id, cancellationToken),
            await context.AccountLinks.Where(row => row.UserId == id || row.Email == profile.Email).OrderBy(row => row.CreatedAt)
                .Select(row => new ExportedLink(row.Kind, row.Email, row.CreatedAt, row.ExpiresAt, row.UsedAt, row.RevokedAt))
                .ToListAsync(cancellationToken),
            await context.SystemMessages.Where(row => row.Recipient == profile.Email).OrderBy(row => row.CreatedAt)
                .Select(row => new ExportedSystemMessage(row.Kind, row.Subject, row.State, row.CreatedAt, row.DoneAt))
                .ToListAsync(cancellationToken),
            await context.Subscriptions.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
                .Select(row => new ExportedSubscription(row.PlanName, row.Status, row.CurrentPeriodStart, row.CurrentPeriodEnd, row.CreatedAt))
                .ToListAsync(cancellationToken));
    }

    private static async Task<ExportedSecondFactors> SecondFactorsAsync(PlatformContext context, Guid id, CancellationToken cancellationToken) => new(
        await context.Authenticators.Where(row => row.UserId == id).Select(row => row.ConfirmedAt).SingleOrDefaultAsync(cancellationToken),
        await context.Passkeys.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
            .Select(row => new ExportedPasskey(row.Id, row.Name, row.Transports, row.IsBackedUp, row.CreatedAt, row.LastUsedAt))
            .ToListAsync(cancellationToken),
        await context.RecoveryCodes.CountAsync(row => row.UserId == id && row.UsedAt == null, cancellationToken),
        await context.RememberedDevices.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
            .Select(row => new ExportedDevice(row.Id, row.UserAgent, row.CreatedAt, row.LastUsedAt, row.ExpiresAt))
            .ToListAsync(cancellationToken));

    private static Task<List<ExportedMotorBlock>> MotorBlocksAsync(PlatformContext context, Guid id, CancellationToken cancellationToken) =>
        context.MotorBlocks.Where(row => row.UserId == id).OrderBy(row => row.CreatedAt)
            .Select(row => new ExportedMotorBlock(
                row.Id, row.Label, row.Username, row.Domain, row.SmtpEnabled, row.RateLimitPerHour, MotorBlockViews.Texts(row.AllowedNetworks),
                row.ExpiresAt, row.CreatedAt, row.RotatedAt, row.RevokedAt, row.LastUsedAt, row.LastUsedIp, row.LastUsedClient,
                context.MotorBlockUses.Where(use => use.MotorBlockId == row.Id).OrderBy(use => use.FirstAt)
                    .Select(use => new ExportedMotorBlockUse(use.ClientName, use.Network.ToString(), use.LastIp, use.FirstAt, use.LastAt, use.Uses))
                    .ToList()))
            .ToListAsync(cancellationToken);
}
