using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Export;

public sealed record ExportVaultRequest(VaultActor Actor);

/// <param name="Pem">Public parts alone: certificates and public keys.</param>
public sealed record ExportedKey(
    Guid Id, string Purpose, string FriendlyName, string Algorithm, string FingerprintSha256, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter,
    string Status, DateTimeOffset CreatedAt, string Pem);

/// <param name="Address">Of a catch-all <c>*@domain</c>.</param>
/// <param name="DeletedAt">Deleted ones are told for as long as they are kept.</param>
public sealed record ExportedAlias(
    Guid Id, string Address, string Kind, bool IsPrimary, string Status, string? Label, string? Note, DateTimeOffset? ExpiresAt, int? MaxMessages,
    int? MaxIdleDays, long MessageCount, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt);

/// <param name="DeletedAt">Deleted ones are told until they are destroyed.</param>
public sealed record ExportedVaultbox(
    Guid Id, string Name, string Address, string Status, string HeaderPolicy, string Cipher, string EncryptedMail, string MetadataPolicy, VaultboxLimits Limits,
    DateTimeOffset CreatedAt, DateTimeOffset? StatusChangedAt, DateTimeOffset? DeletedAt, IReadOnlyList<ExportedAlias> Aliases,
    IReadOnlyList<ExportedKey> Keys, int LockedPrivateKeys, long Messages, long Octets);

/// <param name="Network">/24 of IPv4, /48 of IPv6.</param>
public sealed record ExportedDeviceUse(
    string Protocol, string ClientName, string Network, IPAddress LastIp, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Uses);

/// <summary>A device without its passwords, which nobody can read any more.</summary>
/// <param name="VaultboxId">Null: it opens every vaultbox.</param>
public sealed record ExportedDevice(
    Guid Id, Guid? VaultboxId, string Label, string Username, IReadOnlyList<string> Protocols, IReadOnlyList<string> AllowedNetworks,
    DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt,
    IPAddress? LastUsedIp, string? LastUsedClient, IReadOnlyList<ExportedDeviceUse> Uses);

/// <summary>An address that was the account's last and is kept from others.</summary>
public sealed record ExportedRetiredAddress(string Address, DateTimeOffset RetiredAt);

/// <param name="Devices">Also those revoked, for as long as they are kept.</param>
/// <param name="UnlockMethods">By what the vault key can be unlocked; the locked keys themselves come with the mail's own export.</param>
public sealed record ExportedVault(
    IReadOnlyList<ExportedVaultbox> Vaultboxes, IReadOnlyList<ExportedDevice> Devices, IReadOnlyList<string> UnlockMethods,
    IReadOnlyList<ExportedRetiredAddress> RetiredAddresses);

/// <summary>What the vault knows of the actor's vaultboxes beside the mail itself: addresses, public keys, devices, counts.</summary>
public sealed class ExportVault(IDbContextFactory<VaultContext> contexts)
{
    public async Task<VaultResult<ExportedVault>> HandleAsync(ExportVaultRequest request, CancellationToken cancellationToken)
    {
        if (request.Actor.IsSupport || !request.Actor.Has(VaultScopes.VaultboxesRead))
            return request.Actor.Refusal;
        var userId = request.Actor.UserId;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Vaultboxes.IgnoreQueryFilters().Where(v => v.UserId == userId);
        var vaultboxes = await own.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).ToListAsync(cancellationToken);
        var aliases = (await context.Aliases.Where(a => own.Any(v => v.Id == a.VaultboxId)).ToListAsync(cancellationToken)).ToLookup(a => a.VaultboxId);
        var keys = (await context.Certificates.Where(c => own.Any(v => v.Id == c.VaultboxId)).ToListAsync(cancellationToken)).ToLookup(c => c.VaultboxId);
        var mail = await context.EncryptedEmails.Where(e => own.Any(v => v.Id == e.VaultboxId)).GroupBy(e => e.VaultboxId)
            .Select(g => new { g.Key, Count = g.LongCount(), Octets = g.Sum(e => e.Size) })
            .ToDictionaryAsync(g => g.Key, cancellationToken);
        var methods = await context.VaultKeyWraps.Where(w => w.UserId == userId).Select(w => w.Method).ToListAsync(cancellationToken);
        var retired = await context.RetiredAddresses.Where(r => r.UserId == userId).OrderBy(r => r.Domain).ThenBy(r => r.LocalPart)
            .Select(r => new ExportedRetiredAddress(r.LocalPart + "@" + r.Domain, r.RetiredAt)).ToListAsync(cancellationToken);
        return new ExportedVault(
            vaultboxes.ConvertAll(v => new ExportedVaultbox(
                v.Id, v.Name, v.Address, v.Status, v.HeaderPolicy, v.Cipher, v.EncryptedMail, v.MetadataPolicy, VaultboxLimits.Of(v.Limits), v.CreatedAt, v.StatusChangedAt, v.DeletedAt,
                [.. aliases[v.Id].Select(Exported).OrderBy(a => a.Address, StringComparer.Ordinal)],
                [.. keys[v.Id].Where(c => c.CertificateType == CertificateTypes.Public).OrderBy(c => c.CreatedAt).Select(Public)],
                keys[v.Id].Count(c => c.CertificateType == CertificateTypes.Private),
                mail.GetValueOrDefault(v.Id)?.Count ?? 0,
                mail.GetValueOrDefault(v.Id)?.Octets ?? 0)),
            await DevicesAsync(context, userId, cancellationToken),
            methods,
            retired);
    }

    private static async Task<IReadOnlyList<ExportedDevice>> DevicesAsync(VaultContext context, Guid userId, CancellationToken cancellationToken)
    {
        var own = context.Devices.Where(d => d.UserId == userId);
        var rows = await own.OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).WithProtocols(context).ToListAsync(cancellationToken);
        var uses = (await context.DeviceUses.Where(u => own.Any(d => d.Id == u.DeviceId)).OrderBy(u => u.FirstAt).ToListAsync(cancellationToken))
            .ToLookup(u => u.DeviceId, u => new ExportedDeviceUse(u.Protocol, u.ClientName, $"{u.Network}", u.LastIp, u.FirstAt, u.LastAt, u.Uses));
        return rows.ConvertAll(row => Exported(row, [.. uses[row.Device.Id]]));
    }

    private static ExportedDevice Exported(DeviceRow row, IReadOnlyList<ExportedDeviceUse> uses)
    {
        var d = row.Device;
        return new ExportedDevice(
            d.Id, d.VaultboxId, d.Label, d.Username, row.Protocols, [.. (d.AllowedNetworks ?? []).Select(network => $"{network}")],
            d.CreatedAt, d.RotatedAt, d.ExpiresAt, d.RevokedAt, d.LastUsedAt, d.LastUsedIp, d.LastUsedClient, uses);
    }

    private static ExportedAlias Exported(Alias a) => new(
        a.Id, $"{a.LocalPart}@{a.Domain}", a.Kind, a.IsPrimary, a.Status, a.Label, a.Note, a.ExpiresAt, a.MaxMessages, a.MaxIdleDays, a.MessageCount,
        a.LastUsedAt, a.CreatedAt, a.UpdatedAt, a.DeletedAt);

    private static ExportedKey Public(Certificate c) => new(
        c.Id, c.Purpose, c.FriendlyName, c.Algorithm, Convert.ToHexStringLower(c.FingerprintSha256), c.NotBefore, c.NotAfter, c.Status, c.CreatedAt, c.PemContent);
}
