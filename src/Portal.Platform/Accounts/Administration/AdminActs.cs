using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Administration;

/// <summary>What the acts of admins on accounts share: who may, and that one active admin is always left.</summary>
internal static class AdminActs
{
    public static readonly Failure LastAdmin = new(
        "last_admin", "This is the only active admin. Give another account the role Admin first.");

    public static readonly Failure OwnAccount = new("own_account", "You cannot suspend yourself. Another admin can.");

    private const long Key = 0x61646D696E73;

    /// <returns>Null when the actor may change another account now.</returns>
    public static Failure? ToWrite(Actor actor, DateTimeOffset now)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        return actor.IsFresh(now) ? null : AccountFailures.StepUpRequired;
    }

    /// <summary>
    /// Serialises, over all instances, the acts that take an admin away; held until the transaction ends. Under it
    /// <see cref="IsLastAdminAsync"/> stays true or false until then. Taken before any row of an account.
    /// </summary>
    public static Task HoldAdminsAsync(this PlatformContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);

    /// <summary>Whether the account is an active admin and no other is. One that asked to be deleted does not count as another.</summary>
    public static async Task<bool> IsLastAdminAsync(this PlatformContext context, Guid userId, CancellationToken cancellationToken) =>
        await context.Users.AnyAsync(user => user.Id == userId && user.Role == Role.Admin && user.Status == AccountStatus.Active, cancellationToken)
        && !await context.Users.AnyAsync(
            user => user.Id != userId && user.Role == Role.Admin && user.Status == AccountStatus.Active && user.DeletionDueAt == null,
            cancellationToken);
}
