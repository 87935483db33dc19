using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Portal.Platform.Accounts.SecondFactor.Passkeys;

/// <summary>
/// What Identity's passkey handler asks of its store while it verifies: an account, and the passkeys of one. It writes nothing; the
/// use cases do, each in its own transaction.
/// </summary>
internal sealed class PasskeyStore(IDbContextFactory<PlatformContext> contexts) : IUserPasskeyStore<User>
{
    public async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(userId, "D", out var id))
            return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var passkeys = await context.Passkeys.AsNoTracking().Where(passkey => passkey.UserId == user.Id).ToListAsync(cancellationToken);
        return passkeys.ConvertAll(Info);
    }

    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Passkeys.Where(passkey => passkey.CredentialId == credentialId)
            .Join(context.Users.AsNoTracking(), passkey => passkey.UserId, user => user.Id, (_, user) => user)
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var passkey = await context.Passkeys.AsNoTracking()
            .SingleOrDefaultAsync(row => row.UserId == user.Id && row.CredentialId == credentialId, cancellationToken);
        return passkey is null ? null : Info(passkey);
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("D", CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Email);

    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadOnly();

    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public void Dispose()
    {
        // Holds nothing: each question takes its own context.
    }

    private static UserPasskeyInfo Info(Passkey passkey) => new(
        passkey.CredentialId,
        passkey.PublicKey,
        passkey.CreatedAt,
        (uint)passkey.SignCount,
        passkey.Transports,
        passkey.IsUserVerified,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        passkey.AttestationObject,
        passkey.ClientDataJson);

    private static NotSupportedException ReadOnly() => new("Passkeys and accounts are written by use cases, not through Identity's store.");
}
