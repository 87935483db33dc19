using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Certificates;

/// <param name="Method"><see cref="UnlockMethods"/>.</param>
/// <param name="Kdf">JSON object of key derivation parameters.</param>
/// <param name="Wrapped">The wrapped vault key, base64: 60 bytes that only the browser opens.</param>
/// <param name="CreatedAt">Since when this passphrase or these words hold.</param>
public sealed record VaultKeyWrapView(string Method, string Kdf, string Wrapped, DateTimeOffset CreatedAt)
{
    internal static VaultKeyWrapView Of(VaultKeyWrap wrap) => new(wrap.Method, wrap.Kdf, Convert.ToBase64String(wrap.Wrapped), wrap.CreatedAt);
}

public sealed record GetVaultKeyWrapsRequest(VaultActor Actor);

/// <summary>The actor's wrapped vault key, once per unlock method; empty before the first keys are made.</summary>
public sealed class GetVaultKeyWraps(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<IReadOnlyList<VaultKeyWrapView>>> HandleAsync(GetVaultKeyWrapsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.VaultKeyWraps.Where(w => w.UserId == request.Actor.UserId).OrderBy(w => w.Method).ToListAsync(cancellationToken);
        return rows.ConvertAll(VaultKeyWrapView.Of);
    }
}
