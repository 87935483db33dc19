using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Tokens;

/// <param name="Name">What its owner will recognise it by, 1 to 60 characters.</param>
/// <param name="Scopes">At least one of <see cref="TokenScopes.Known"/>.</param>
/// <param name="Days">Life in days, 1 to 365; null: it does not expire.</param>
public sealed record CreateTokenRequest(string? Name, IReadOnlyCollection<string>? Scopes, int? Days);

/// <summary>
/// Makes an API token for the actor's own account. A token may make others (<c>account:write</c>), but none that may do what it may not
/// do itself.
/// </summary>
public sealed class CreateToken(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public const int MostDays = 365;

    /// <summary>Live tokens of one account.</summary>
    public const int Most = 50;

    public async Task<Outcome<IssuedToken>> HandleAsync(Actor actor, CreateTokenRequest request, CancellationToken cancellationToken)
    {
        if (actor.IsStranger)
            return AccountFailures.NotFound;
        if (!actor.Allows(TokenScopes.AccountWrite))
            return actor.Refusal;
        var now = time.GetUtcNow();
        if (!actor.IsFresh(now))
            return AccountFailures.StepUpRequired;
        var name = request.Name?.Trim();
        if (string.IsNullOrEmpty(name))
            return new Failure("name_missing", "Give the token a name, so that you recognise it later.");
        if (name.Length > ApiTokenConfiguration.NameLength)
            return TokenMaker.NameTooLong;
        if (request.Scopes is not { Count: > 0 })
            return new Failure("scopes_missing", "Choose at least one thing that the token may do.");
        var scopes = TokenMaker.ReadScopes(request.Scopes);
        if (!scopes.Succeeded)
            return scopes.Failure;
        if (scopes.Value.Where(scope => !actor.Allows(scope)).ToList() is { Count: > 0 } wider)
            return new Failure("scope_too_wide", $"This token cannot make one that may do more than itself: {string.Join(", ", wider)}.");
        if (request.Days is < 1 or > MostDays)
            return new Failure("days_out_of_range", $"A token lives from 1 to {MostDays} days, or does not expire.");
        return await AddAsync(actor, name, scopes.Value, request.Days, now, cancellationToken);
    }

    private async Task<Outcome<IssuedToken>> AddAsync(
        Actor actor, string name, string[] scopes, int? days, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var userId = actor.UserId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The owner's row is locked: of several made at once none goes over the limit.
        var owner = await context.Users
            .FromSql($"SELECT * FROM users WHERE id = {userId} AND status = 'active' FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return AccountFailures.NotFound;
        var live = await context.ApiTokens.CountAsync(
            token => token.UserId == userId && token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now), cancellationToken);
        if (live >= Most)
            return new Failure("too_many_tokens", $"An account has at most {Most} tokens. Revoke one that you do not use.");
        var issued = TokenMaker.Add(context, actor, userId, name, scopes, days, now);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return issued;
    }
}
