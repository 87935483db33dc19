using Microsoft.EntityFrameworkCore;

namespace Portal.Vault.Certificates;

/// <param name="Method">Unlock method: passphrase.</param>
/// <param name="Kdf">JSON object of key derivation parameters.</param>
/// <param name="Wrapped">The wrapped vault key, base64: 60 bytes that only the browser opens.</param>
public sealed record VaultKeyWrapView(string Method, string Kdf, string Wrapped);

public sealed record GetVaultKeyWrapsRequest(VaultActor Actor);

/// <summary>The actor's wrapped vault key, once per unlock method; empty before the first keys are made.</summary>
public sealed class GetVaultKeyWraps(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<IReadOnlyList<VaultKeyWrapView>>> HandleAsync(GetVaultKeyWrapsRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.KeysWrite))
            return VaultProblem.Forbidden;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.VaultKeyWraps.Where(w => w.UserId == request.Actor.UserId).OrderBy(w => w.CreatedAt).ToListAsync(cancellationToken);
        return rows.ConvertAll(w => new VaultKeyWrapView(w.Method, w.Kdf, Convert.ToBase64String(w.Wrapped)));
    }
}
