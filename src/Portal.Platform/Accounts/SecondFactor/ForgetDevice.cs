using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.SecondFactor;

/// <param name="Devices">How many browsers show the second factor again.</param>
public sealed record DevicesForgotten(int Devices);

/// <summary>Forgets one remembered browser, or all of them.</summary>
public sealed class ForgetDevice(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    /// <param name="deviceId">Null: all.</param>
    public async Task<Outcome<DevicesForgotten>> HandleAsync(Actor actor, Guid? deviceId, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseChange(actor, time.GetUtcNow()) is { } refusal)
            return refusal;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var forgotten = await context.RememberedDevices
            .Where(device => device.UserId == actor.UserId && (deviceId == null || device.Id == deviceId))
            .ExecuteDeleteAsync(cancellationToken);
        if (forgotten == 0)
            return AccountFailures.NotFound;
        context.Audit(actor, Acts.BrowserForgotten, AuditTarget.Account(actor.UserId), time.GetUtcNow(), new AuditDetail().Fact("browsers", forgotten));
        mail.Add(context, AccountMails.DevicesForgotten(await context.EmailOfAsync(actor.UserId, cancellationToken), forgotten));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(actor.UserId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DevicesForgotten(forgotten);
    }
}
