using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Credentials;

/// <param name="Protocol">Only devices that have it: smtp or imap; null: all.</param>
/// <param name="IncludeRevoked">Also those revoked, for as long as they are kept.</param>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Cursor from the page before.</param>
public sealed record ListDevicesRequest(
    VaultActor Actor, Guid VaultboxId, string? Protocol = null, bool IncludeRevoked = false, int Limit = 50, string? After = null);

/// <summary>The devices that open a vaultbox, oldest first.</summary>
public sealed class ListDevices(IDbContextFactory<VaultContext> contexts, MailServerNames servers, TimeProvider time)
{
    public async Task<VaultResult<Page<DeviceView>>> HandleAsync(ListDevicesRequest request, CancellationToken cancellationToken)
    {
        if (!request.Actor.Has(VaultScopes.CredentialsRead))
            return request.Actor.Refusal;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.OwnVaultbox(request.Actor, request.VaultboxId).AnyAsync(cancellationToken))
            return VaultProblem.NotFound("vaultbox");
        if (!Cursor.TryRead(request.After, out var after))
            return Cursor.Malformed;
        var devices = context.OwnDevices(request.Actor, request.VaultboxId).With(context, request.Protocol);
        if (!request.IncludeRevoked)
            devices = devices.Where(d => d.RevokedAt == null);
        if (after is { } position)
            devices = devices.Where(d => d.CreatedAt > position.At || (d.CreatedAt == position.At && d.Id > position.Id));
        var limit = Math.Clamp(request.Limit, 1, 200);
        var rows = await devices.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(limit + 1).WithProtocols(context).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return Cursor.PageOf(rows.ConvertAll(row => row.View(servers, now)), limit, d => new Position(d.CreatedAt, d.Id));
    }
}
