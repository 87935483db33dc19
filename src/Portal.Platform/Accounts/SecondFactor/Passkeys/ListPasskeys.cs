using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <param name="IsBackedUp">Kept by a passkey provider and on the owner's other devices too.</param>
public sealed record PasskeyView(Guid Id, string Name, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>The owner's passkeys, the newest first.</summary>
public sealed class ListPasskeys(IDbContextFactory<PlatformContext> contexts)
{
    public async Task<Outcome<IReadOnlyList<PasskeyView>>> HandleAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (OwnAccount.RefuseRead(actor) is { } refusal)
            return refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Passkeys.Where(passkey => passkey.UserId == actor.UserId)
            .OrderByDescending(passkey => passkey.CreatedAt).ThenBy(passkey => passkey.Id)
            .Select(passkey => new PasskeyView(passkey.Id, passkey.Name, passkey.IsBackedUp, passkey.CreatedAt, passkey.LastUsedAt))
            .ToArrayAsync(cancellationToken);
    }
}
