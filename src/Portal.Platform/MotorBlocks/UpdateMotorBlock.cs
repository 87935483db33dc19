using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.MotorBlocks;

/// <summary>What is null stays as it is.</summary>
/// <param name="Label">1 to 100 characters.</param>
/// <param name="RateLimitPerHour">1 to 100,000.</param>
/// <param name="Paused">Whether nobody signs in with it for the time being.</param>
/// <param name="Domain">Another verified domain that the actor owns. The username stays.</param>
/// <param name="AllowedNetworks">All of them, at most 20; empty: anywhere.</param>
public sealed record UpdateMotorBlockRequest(
    Guid Id, string? Label = null, int? RateLimitPerHour = null, bool? Paused = null, string? Domain = null,
    IReadOnlyCollection<string>? AllowedNetworks = null, ExpiryChange? Expiry = null)
{
    /// <summary>Whether it changes what the password opens: that takes a fresh proof of identity.</summary>
    internal bool ChangesScope => RateLimitPerHour is not null || Domain is not null || AllowedNetworks is not null || Expiry is not null;
}

/// <param name="At">Null: it does not expire any more.</param>
public sealed record ExpiryChange(DateTimeOffset? At);

/// <summary>Changes one of the account's motor blocks; what is signed in with it is judged anew at once.</summary>
public sealed class UpdateMotorBlock(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<MotorBlockView>> HandleAsync(Actor actor, UpdateMotorBlockRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if ((request.ChangesScope ? MotorBlockAccess.RefuseProof(actor, now) : MotorBlockAccess.RefuseWrite(actor)) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var block = await context.LockOwnBlockAsync(actor.UserId, request.Id, cancellationToken);
        if (block is null)
            return AccountFailures.NotFound;
        var former = block.Terms();
        if (Change(block, request, now) is { } fault)
            return fault;
        if (request.Domain is not null)
        {
            var domain = await context.ReadOwnDomainAsync(actor.UserId, request.Domain, cancellationToken);
            if (!domain.Succeeded)
                return domain.Failure;
            block.Domain = domain.Value;
        }

        block.UpdatedAt = now;
        context.Audit(actor, Acts.MotorBlockChanged, AuditTarget.Of(AuditTarget.MotorBlockKind, block.Id, block.UserId), now, block.AuditDetail(former));
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceMotorBlockAsync(block.Id, cancellationToken);
        var view = await context.ViewAsync(block.Id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return view;
    }

    /// <returns>Null when all that was asked for can be.</returns>
    private static Failure? Change(MotorBlock block, UpdateMotorBlockRequest request, DateTimeOffset now)
    {
        if (request.Label is not null)
        {
            var label = MotorBlockInput.ReadLabel(request.Label);
            if (!label.Succeeded)
                return label.Failure;
            block.Label = label.Value;
        }

        if (request.RateLimitPerHour is { } limit && MotorBlockInput.RefuseRateLimit(limit) is { } limitRefusal)
            return limitRefusal;
        if (request.AllowedNetworks is not null)
        {
            var networks = MotorBlockInput.ReadNetworks(request.AllowedNetworks);
            if (!networks.Succeeded)
                return networks.Failure;
            block.AllowedNetworks = networks.Value is { Length: > 0 } some ? some : null;
        }

        if (request.Expiry is { At: { } at } && MotorBlockInput.RefuseExpiry(at, now) is { } expiryRefusal)
            return expiryRefusal;
        if (request.Expiry is { } expiry)
            block.ExpiresAt = expiry.At?.ToUniversalTime();
        block.RateLimitPerHour = request.RateLimitPerHour ?? block.RateLimitPerHour;
        block.SmtpEnabled = request.Paused is { } isPaused ? !isPaused : block.SmtpEnabled;
        return null;
    }
}
