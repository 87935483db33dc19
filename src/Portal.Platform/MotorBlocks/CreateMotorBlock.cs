using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;
using Portal.Platform.Accounts;
using Portal.Platform.Audit;

namespace Portal.Platform.MotorBlocks;

/// <param name="Label">Up to 100 characters; null or empty: “New sender”.</param>
/// <param name="Domain">A verified domain that the actor owns.</param>
/// <param name="RateLimitPerHour">1 to 100,000; null: 100.</param>
/// <param name="AllowedNetworks">At most 20, as <c>192.0.2.0/24</c>; null or empty: anywhere.</param>
/// <param name="ExpiresAt">Null: it does not expire.</param>
public sealed record CreateMotorBlockRequest(
    string? Label, string? Domain, int? RateLimitPerHour = null, IReadOnlyCollection<string>? AllowedNetworks = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Password">Told this once.</param>
public sealed record CreatedMotorBlock(MotorBlockView Block, GeneratedPassword Password);

/// <summary>Makes a motor block with a password of its own for one of the actor's domains.</summary>
public sealed class CreateMotorBlock(IDbContextFactory<PlatformContext> contexts, CredentialHasher hasher, TimeProvider time)
{
    /// <summary>Live motor blocks of one account.</summary>
    public const int Most = 50;

    private const string Kind = "motor";

    public async Task<Outcome<CreatedMotorBlock>> HandleAsync(Actor actor, CreateMotorBlockRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (MotorBlockAccess.RefuseProof(actor, now) is { } refusal)
            return refusal;
        var read = Read(request, now);
        if (!read.Succeeded)
            return read.Failure;
        var block = read.Value;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var domain = await context.ReadOwnDomainAsync(actor.UserId, request.Domain, cancellationToken);
        if (!domain.Succeeded)
            return domain.Failure;
        (block.UserId, block.Domain) = (actor.UserId, domain.Value);

        var password = GeneratedPassword.Create();
        if (await hasher.HashAsync(password, cancellationToken) is not { } hash)
            return MotorBlockAccess.Busy;
        block.Take(PasswordPair.First(password.Selector, hash));
        return await AddAsync(context, actor, block, password, now, cancellationToken);
    }

    private static Outcome<MotorBlock> Read(CreateMotorBlockRequest request, DateTimeOffset now)
    {
        var label = MotorBlockInput.ReadLabel(string.IsNullOrWhiteSpace(request.Label) ? MotorBlockConfiguration.DefaultLabel : request.Label);
        if (!label.Succeeded)
            return label.Failure;
        var rateLimit = request.RateLimitPerHour ?? MotorBlockConfiguration.DefaultRateLimit;
        if (MotorBlockInput.RefuseRateLimit(rateLimit) is { } limitRefusal)
            return limitRefusal;
        var networks = MotorBlockInput.ReadNetworks(request.AllowedNetworks ?? []);
        if (!networks.Succeeded)
            return networks.Failure;
        if (request.ExpiresAt is { } expiresAt && MotorBlockInput.RefuseExpiry(expiresAt, now) is { } expiryRefusal)
            return expiryRefusal;
        return new MotorBlock
        {
            Id = Guid.CreateVersion7(now),
            Label = label.Value,
            Username = "",
            PasswordHash = CredentialHash.None,
            RateLimitPerHour = rateLimit,
            AllowedNetworks = networks.Value is { Length: > 0 } some ? some : null,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static async Task<Outcome<CreatedMotorBlock>> AddAsync(
        PlatformContext context, Actor actor, MotorBlock block, GeneratedPassword password, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The owner's row is locked: of several made at once none goes over the limit.
        var owner = await context.Users
            .FromSql($"SELECT * FROM users WHERE id = {block.UserId} AND status = 'active' FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return AccountFailures.NotFound;
        var live = await context.MotorBlocks.CountAsync(b => b.UserId == block.UserId && b.RevokedAt == null, cancellationToken);
        if (live >= Most)
            return new Failure("too_many_motor_blocks", $"An account has at most {Most} senders. Revoke one that you do not use.");
        do
            block.Username = GeneratedName.For(Kind, block.Domain!);
        while (await context.MotorBlocks.AnyAsync(b => b.Username == block.Username, cancellationToken));
        context.MotorBlocks.Add(block);
        context.Audit(actor, Acts.MotorBlockCreated, AuditTarget.Of(AuditTarget.MotorBlockKind, block.Id, block.UserId), now, block.AuditDetail());
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceMotorBlockAsync(block.Id, cancellationToken);
        var view = await context.ViewAsync(block.Id, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CreatedMotorBlock(view, password);
    }
}
