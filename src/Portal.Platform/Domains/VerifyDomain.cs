using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Accounts.Administration;
using Portal.Platform.Audit;
using Portal.Platform.SystemMail;

namespace Portal.Platform.Domains;

/// <param name="Reason">1 to 200 characters, how the admin knows. The owner reads it.</param>
public sealed record VerifyDomainRequest(Guid DomainId, string? Reason);

public sealed record VouchedDomain(Guid Id, string Domain);

/// <summary>An admin vouches that a domain is its owner's, where its DNS cannot say so. At most one account has a domain proved.</summary>
public sealed class VerifyDomain(IDbContextFactory<PlatformContext> contexts, SystemMailQueue mail, TimeProvider time)
{
    internal static readonly Failure ReasonMissing = new("reason_missing", "Say how you know that the domain is theirs. The owner will read it.");
    internal static readonly Failure Already = new("domain_verified", "The domain is proved already.");
    internal static readonly Failure Taken = new("domain_taken", "Another account has this domain and has proved it.");

    public async Task<Outcome<VouchedDomain>> HandleAsync(Actor actor, VerifyDomainRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (AdminActs.ToWrite(actor, now) is { } refusal)
            return refusal;
        if (request.Reason?.Trim() is not { Length: > 0 } reason)
            return ReasonMissing;
        if (reason.Length > UserConfiguration.ReasonLength)
            return SuspendUser.ReasonTooLong;

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await context.Domains.SingleOrDefaultAsync(d => d.Id == request.DomainId, cancellationToken);
        var owner = domain is null ? null : await context.Users.SingleOrDefaultAsync(u => u.Id == domain.UserId && u.Status != AccountStatus.Deleted, cancellationToken);
        if (domain is null || owner is null)
            return AccountFailures.NotFound;
        if (domain.VerificationStatus == VerificationStatus.Verified)
            return Already;
        context.Audit(
            actor, Acts.DomainChanged, AuditTarget.Of(AuditTarget.DomainKind, domain.Id, owner.Id), now,
            new AuditDetail().Fact("status", domain.VerificationStatus, VerificationStatus.Verified).Personal("domain", domain.Name).Personal("reason", reason));
        (domain.VerificationStatus, domain.VerifiedAt, domain.VerifiedReason) = (VerificationStatus.Verified, now, reason);
        mail.Add(context, AccountMails.DomainVerified(owner.Email!, domain.Name, reason));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Taken;
        }

        return new VouchedDomain(domain.Id, domain.Name);
    }
}
