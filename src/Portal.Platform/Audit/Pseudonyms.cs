using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;

namespace Portal.Platform.Audit;

/// <summary>
/// The pseudonyms of the accounts in a batch; an account's first is made with its first act. What comes for an account that is gone
/// already gets one that stands for nobody.
/// </summary>
internal sealed class Pseudonyms(PlatformContext context)
{
    private readonly Dictionary<Guid, Guid> pseudonyms = [];
    private readonly HashSet<Guid> gone = [];

    public async Task LoadAsync(IReadOnlyList<AuditOutboxRow> rows, CancellationToken cancellationToken)
    {
        var users = rows.SelectMany(row => new[] { row.ActorId, row.OnBehalfOfId, row.OwnerId }).OfType<Guid>().ToHashSet();
        var known = await context.AuditIdentities.AsNoTracking().Where(identity => users.Contains(identity.UserId)).ToListAsync(cancellationToken);
        foreach (var identity in known)
            pseudonyms[identity.UserId] = identity.Pseudonym;
        users.ExceptWith(pseudonyms.Keys);
        // An account whose row stays for its invoices has no password, no address and no more acts: it is erased too.
        var standing = (await context.Users.Where(user => users.Contains(user.Id) && (user.Status != AccountStatus.Deleted || user.DeletionDueAt != null))
            .Select(user => user.Id).ToListAsync(cancellationToken)).ToHashSet();
        foreach (var user in users)
        {
            var pseudonym = pseudonyms[user] = Guid.NewGuid();
            if (standing.Contains(user))
                context.Add(new AuditIdentity { Pseudonym = pseudonym, UserId = user });
            else
                gone.Add(user);
        }
    }

    public Guid? Of(Guid? userId) => userId is { } id ? pseudonyms[id] : null;

    /// <summary>Whether the account was gone before this act came: nothing personal of it is kept.</summary>
    public bool IsErased(Guid? userId) => userId is { } id && gone.Contains(id);
}
