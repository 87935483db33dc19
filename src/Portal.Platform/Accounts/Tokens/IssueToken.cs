using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.Tokens;

/// <param name="Scopes">Null or empty: all that the owner may do.</param>
/// <param name="Days">Life in days, 1 to 3650; null: it does not expire.</param>
/// <param name="Name">What its owner will recognise it by; empty: “Made at the console”.</param>
public sealed record IssueTokenRequest(string? Email, IReadOnlyCollection<string>? Scopes, int? Days, string? Name = null);

/// <param name="Token">Shown once; the database keeps its hash.</param>
public sealed record IssuedToken(Guid Id, string Token, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>Makes an API token for an account; by an admin or the operator at the console.</summary>
public sealed class IssueToken(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    private const int MostDays = 3650;

    public async Task<Outcome<IssuedToken>> HandleAsync(Actor actor, IssueTokenRequest request, CancellationToken cancellationToken)
    {
        if (!actor.MayAdminister)
            return AccountFailures.NotFound;
        var scopes = TokenMaker.ReadScopes(request.Scopes is { Count: > 0 } narrowed ? narrowed : [TokenScopes.Everything]);
        if (!scopes.Succeeded)
            return scopes.Failure;
        if (request.Days is < 1 or > MostDays)
            return new Failure("days_out_of_range", $"A token lives from 1 to {MostDays} days.");
        if (request.Name?.Trim().Length > ApiTokenConfiguration.NameLength)
            return TokenMaker.NameTooLong;

        EmailAddress.TryNormalise(request.Email, out var email);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = await context.Users
            .Where(user => user.Email == email && user.Status == AccountStatus.Active)
            .Select(user => (Guid?)user.Id)
            .SingleOrDefaultAsync(cancellationToken);
        if (owner is null)
            return new Failure("user_unknown", "There is no active account with this e-mail address.");

        var name = string.IsNullOrWhiteSpace(request.Name) ? "Made at the console" : request.Name.Trim();
        var issued = TokenMaker.Add(context, actor, owner.Value, name, scopes.Value, request.Days, time.GetUtcNow());
        await context.SaveChangesAsync(cancellationToken);
        return issued;
    }
}
