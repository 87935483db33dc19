using Microsoft.EntityFrameworkCore;
using Portal.Platform.Accounts;

namespace Portal.Platform.SystemMail;

/// <param name="UserId">The owner.</param>
/// <param name="Device">What the owner calls the device.</param>
/// <param name="Until">When its old password stops.</param>
/// <param name="Clients">Who still uses that.</param>
/// <param name="Page">Path of the portal where the device is.</param>
public sealed record TellOfEndingPasswordRequest(Guid UserId, string Device, DateTimeOffset Until, IReadOnlyList<string> Clients, string Page);

/// <summary>Writes to a device's owner that its old password is about to stop while somebody still uses it.</summary>
public sealed class TellOfEndingPassword(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail)
{
    /// <returns>The address that is written to.</returns>
    public async Task<Outcome<string>> HandleAsync(Actor actor, TellOfEndingPasswordRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var email = await context.Users.Where(user => user.Id == request.UserId && user.Status == AccountStatus.Active)
            .Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
            return AccountFailures.NotFound;
        mail.Add(context, AccountMails.OldPasswordEnding(email, request.Device, request.Until, request.Clients, request.Page));
        await context.SaveChangesAsync(cancellationToken);
        return email;
    }
}
