using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor;

/// <param name="State">What is on.</param>
/// <param name="AuthenticatorSince">When the authenticator was turned on; null: it is off.</param>
/// <param name="PasswordStandsAlone">Whether the last second factor could be given up.</param>
/// <param name="Devices">Remembered browsers, the one used last first.</param>
public sealed record SecondFactorsView(
    SecondFactorState State, DateTimeOffset? AuthenticatorSince, bool PasswordStandsAlone, IReadOnlyList<RememberedDeviceView> Devices);

public sealed record RememberedDeviceView(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt);

/// <summary>What proves this account beside its password. Shows no secret and no code.</summary>
public sealed class GetSecondFactors(IDbContextFactory<PlatformContext> contexts, TimeProvider time)
{
    public async Task<Outcome<SecondFactorsView>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseRead(actor) is { } refusal)
            return refusal;
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var standsAlone = await context.Users.Where(user => user.Id == actor.UserId)
            .Select(user => (bool?)user.PasswordStandsAlone).SingleOrDefaultAsync(cancellationToken);
        if (standsAlone is null)
            return AccountFailures.NotFound;
        var since = await context.Authenticators.Where(authenticator => authenticator.UserId == actor.UserId)
            .Select(authenticator => authenticator.ConfirmedAt).SingleOrDefaultAsync(cancellationToken);
        var devices = await context.RememberedDevices
            .Where(device => device.UserId == actor.UserId && device.ExpiresAt > now)
            .OrderByDescending(device => device.LastUsedAt).ThenBy(device => device.Id)
            .Select(device => new RememberedDeviceView(device.Id, device.UserAgent, device.CreatedAt, device.LastUsedAt, device.ExpiresAt))
            .ToListAsync(cancellationToken);
        return new SecondFactorsView(await context.LoadSecondFactorsAsync(actor.UserId, cancellationToken), since, standsAlone.Value, devices);
    }
}
