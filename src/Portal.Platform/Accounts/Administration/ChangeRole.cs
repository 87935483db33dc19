using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts.Sessions;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Accounts.Administration;

public sealed record ChangeRoleRequest(Guid UserId, Role Role);

public sealed record ChangedRole(Guid UserId, string Email, Role Before, Role After);

/// <summary>An admin gives an account another role. It counts at once, in open sessions too. The last active admin keeps theirs.</summary>
public sealed class ChangeRole(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure RoleUnknown = new("role_unknown", "Choose User, Support or Admin.");

    public async Task<Outcome<ChangedRole>> HandleAsync(Actor actor, ChangeRoleRequest request, CancellationToken cancellationToken)
    {
        if (AdminActs.ToWrite(actor, time.GetUtcNow()) is { } refusal)
            return refusal;
        if (!Enum.IsDefined(request.Role))
            return RoleUnknown;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.HoldAdminsAsync(cancellationToken);
        var user = await context.Users.SingleOrDefaultAsync(u => u.Id == request.UserId && u.Status != AccountStatus.Deleted, cancellationToken);
        if (user is null)
            return AccountFailures.NotFound;
        var changed = new ChangedRole(user.Id, user.Email!, user.Role, request.Role);
        if (changed.Before == changed.After)
            return changed;
        if (await context.IsLastAdminAsync(user.Id, cancellationToken))
            return AdminActs.LastAdmin;

        user.Role = request.Role;
        user.UpdatedAt = time.GetUtcNow();
        context.Audit(actor, Acts.RoleChanged, AuditTarget.Account(user.Id), user.UpdatedAt, new AuditDetail().Fact("role", changed.Before, changed.After));
        mail.Add(context, AccountMails.RoleChanged(user.Email!, changed.Before, changed.After));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceAccountAsync(user.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }
}
