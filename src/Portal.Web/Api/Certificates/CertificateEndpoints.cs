using System.Security.Claims;
using System.Text.Json;
using Portal.Smime;
using Portal.Vault.Certificates;
using Portal.Web.Provisioning;

namespace Portal.Web.Api.Certificates;

/// <param name="Der">Base64, when there is no PEM.</param>
internal sealed record AddCertificateBody(string? Pem, byte[]? Der, string? FriendlyName);

internal sealed record VaultKeyWrapBody(string? Method, JsonElement Kdf, byte[]? Wrapped)
{
    public NewVaultKeyWrap Wrap => new(Method ?? string.Empty, Kdf, Wrapped ?? []);
}

/// <param name="Replaces">createdAt of the wrap that it takes the place of; null where the method has none yet.</param>
internal sealed record ReplaceWrapBody(JsonElement Kdf, byte[]? Wrapped, DateTimeOffset? Replaces);

internal sealed record BrowserKeyBody(string? Purpose, string? PublicPem, string? PrivatePem, byte[]? Binding, string? FriendlyName);

internal sealed record StoreKeysBody(VaultKeyWrapBody? VaultKeyWrap, VaultKeyWrapBody? RecoveryKitWrap, IReadOnlyList<BrowserKeyBody>? Items);

internal static class CertificateEndpoints
{
    public static void MapCertificates(this RouteGroupBuilder api)
    {
        api.MapGet("/vaultboxes/{id:guid}/certificates", ListAsync);
        api.MapPost("/vaultboxes/{id:guid}/certificates", AddAsync);
        api.MapPost("/vaultboxes/{id:guid}/keys", StoreKeysAsync);
        api.MapGet("/vault-key", GetVaultKeyAsync);
        api.MapPut("/vault-key/{method}", ReplaceWrapAsync);
        api.MapGet("/receipt-key", GetReceiptKey);
    }

    private static async Task<IResult> ListAsync(
        Guid id, ClaimsPrincipal user, ListCertificates listCertificates, CancellationToken cancellationToken) =>
        Problems.Items(await listCertificates.HandleAsync(new ListCertificatesRequest(user.InVault(), id), cancellationToken));

    private static async Task<IResult> AddAsync(
        Guid id, AddCertificateBody body, ClaimsPrincipal user, AddCertificate addCertificate, CancellationToken cancellationToken)
    {
        var result = await addCertificate.HandleAsync(
            new AddCertificateRequest(user.InVault(), id, body.Pem, body.Der, body.FriendlyName), cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        var c = result.Value.Certificate;
        return TypedResults.Created($"{ApiRoutes.Root}/vaultboxes/{id}/certificates", new
        {
            c.Id,
            c.CertificateType,
            c.Purpose,
            c.FriendlyName,
            c.Pem,
            c.FingerprintSha256,
            c.Algorithm,
            c.NotBefore,
            c.NotAfter,
            c.Status,
            c.BindingKind,
            c.BindingSignature,
            c.CreatedAt,
            result.Value.Warnings,
        });
    }

    private static async Task<IResult> StoreKeysAsync(
        Guid id, StoreKeysBody body, ClaimsPrincipal user, StoreKeys storeKeys, CancellationToken cancellationToken)
    {
        var keys = (body.Items ?? []).Select(key => new BrowserKey(
            key.Purpose, key.PublicPem, key.PrivatePem, key.Binding is { } binding ? binding : (ReadOnlyMemory<byte>?)null, key.FriendlyName)).ToList();
        var result = await storeKeys.HandleAsync(new StoreKeysRequest(user.InVault(), id, body.VaultKeyWrap?.Wrap, keys, body.RecoveryKitWrap?.Wrap), cancellationToken);
        return result.Succeeded
            ? TypedResults.Created($"{ApiRoutes.Root}/vaultboxes/{id}/certificates", new { items = result.Value })
            : Problems.Of(result.Problem);
    }

    private static async Task<IResult> GetVaultKeyAsync(ClaimsPrincipal user, GetVaultKeyWraps getVaultKeyWraps, CancellationToken cancellationToken)
    {
        var result = await getVaultKeyWraps.HandleAsync(new GetVaultKeyWrapsRequest(user.InVault()), cancellationToken);
        if (!result.Succeeded)
            return Problems.Of(result.Problem);
        var items = result.Value.Select(w => new { w.Method, kdf = JsonSerializer.Deserialize<JsonElement>(w.Kdf), w.Wrapped, w.CreatedAt });
        return TypedResults.Ok(new { items, next = (string?)null });
    }

    private static async Task<IResult> ReplaceWrapAsync(
        string method, ReplaceWrapBody body, ClaimsPrincipal user, ReplaceVaultKeyWrap replaceWrap, CancellationToken cancellationToken)
    {
        var request = new ReplaceVaultKeyWrapRequest(user.InVault(), new NewVaultKeyWrap(method, body.Kdf, body.Wrapped ?? []), body.Replaces);
        var result = await replaceWrap.HandleAsync(request, cancellationToken);
        return result.Succeeded ? TypedResults.Ok(new { result.Value.Method, result.Value.CreatedAt }) : Problems.Of(result.Problem);
    }

    private static IResult GetReceiptKey(ReceiptSigner receipts) =>
        TypedResults.Ok(new { fingerprint = receipts.KeyId, spki = Convert.ToBase64String(receipts.PublicKeySpki.Span) });
}
