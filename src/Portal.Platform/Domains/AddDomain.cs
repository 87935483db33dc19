using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.Domains;

/// <param name="Verified">The operator vouches for the ownership.</param>
/// <param name="Shared">Every account may use it once verified.</param>
public sealed record AddDomainRequest(string? Domain, string? OwnerEmail, bool Verified, bool Shared);

public sealed record AddedDomain(Guid Id, string Domain, VerificationStatus VerificationStatus, bool Shared);

/// <summary>
/// An admin, or the operator at the console, gives a domain to an account. Done again with more rights
/// (<c>Verified</c>, <c>Shared</c>) it raises the owner's existing entry.
/// </summary>
public sealed class AddDomain(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<AddedDomain>> HandleAsync(Actor actor, AddDomainRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        if (!DomainName.TryNormalise(request.Domain, out var name))
            return new Failure("domain_malformed", "This is not a domain name of at least two labels.");
        EmailAddress.TryNormalise(request.OwnerEmail, out var email);

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = await context.Users
            .Where(user => user.Email == email && user.Status != AccountStatus.Deleted)
            .Select(user => (Guid?)user.Id)
            .SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return new Failure("user_unknown", "There is no account with the owner's e-mail address.");

        var domain = await context.Domains.SingleOrDefaultAsync(d => d.UserId == owner && d.Name == name, cancellationToken);
        var now = time.GetUtcNow();
        var former = domain is null ? null : new { domain.VerificationStatus, domain.Shared };
        if (domain is null)
        {
            domain = new Domain { Id = Guid.CreateVersion7(now), UserId = owner.Value, Name = name, CreatedAt = now };
            context.Domains.Add(domain);
        }
        else if (!Raises(domain, request))
        {
            return Exists;
        }

        domain.VerificationStatus = request.Verified ? VerificationStatus.Verified : domain.VerificationStatus;
        domain.Shared |= request.Shared;
        context.Audit(
            actor, former is null ? Acts.DomainAdded : Acts.DomainChanged, AuditTarget.Of(AuditTarget.DomainKind, domain.Id, owner), now,
            new AuditDetail().Fact("status", former?.VerificationStatus, domain.VerificationStatus).Fact("shared", former?.Shared, domain.Shared)
                .Personal("domain", former is null ? null : domain.Name, domain.Name));
        return await SaveAsync(context, domain, cancellationToken);
    }

    private static Failure Exists { get; } = new("domain_exists", "The owner already has this domain.");

    private static bool Raises(Domain domain, AddDomainRequest request) =>
        (request.Verified && domain.VerificationStatus != VerificationStatus.Verified) || (request.Shared && !domain.Shared);

    private static async Task<Outcome<AddedDomain>> SaveAsync(PlatformContext context, Domain domain, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation)
        {
            return string.Equals(violation.ConstraintName, DomainConfiguration.UniqueVerified, StringComparison.Ordinal)
                ? new Failure("domain_taken", "Another account has this domain and has proved it.")
                : Exists;
        }

        return new AddedDomain(domain.Id, domain.Name, domain.VerificationStatus, domain.Shared);
    }
}
