using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Domains;

/// <param name="Shared">Every account may make addresses in it, or its owner alone.</param>
public sealed record ShareDomainRequest(Guid DomainId, bool Shared);

public sealed record SharedDomain(Guid Id, string Domain, bool Shared);

/// <summary>An admin opens a proved domain to every account, or closes it again. Addresses that were made in it stay. An owner
/// who is somebody else is told.</summary>
public sealed class ShareDomain(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure NotVerified = new("domain_not_verified", "Only a proved domain can be shared. Verify it first.");

    public async Task<Outcome<SharedDomain>> HandleAsync(Actor actor, ShareDomainRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await context.Domains.SingleOrDefaultAsync(d => d.Id == request.DomainId, cancellationToken);
        if (domain is null)
            return AccountFailures.NotFound;
        if (request.Shared && domain.VerificationStatus != VerificationStatus.Verified)
            return NotVerified;
        if (domain.Shared != request.Shared)
        {
            context.Audit(
                actor, Acts.DomainChanged, AuditTarget.Of(AuditTarget.DomainKind, domain.Id, domain.UserId), now,
                new AuditDetail().Fact("shared", domain.Shared, request.Shared).Personal("domain", domain.Name));
            var owner = await context.Users.AsNoTracking().SingleAsync(user => user.Id == domain.UserId, cancellationToken);
            if (owner.Id != actor.UserId && owner.Status != AccountStatus.Deleted)
                mail.Add(context, AccountMails.DomainShared(owner.Email!, domain.Name, request.Shared));
        }

        domain.Shared = request.Shared;
        await context.SaveChangesAsync(cancellationToken);
        return new SharedDomain(domain.Id, domain.Name, domain.Shared);
    }
}
