using Microsoft.EntityFrameworkCore;
using Portal.Vault.Certificates;
using Portal.Vault.ProcessingLog;

namespace Portal.Vault.Vaultboxes;

/// <summary>
/// The views of a few vaultboxes: what is counted is counted for these alone, in a number of queries that does not depend on how many
/// they are.
/// </summary>
internal static class VaultboxQuery
{
    /// <summary>A device used within it counts as seen.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public static async Task<VaultboxView> ViewAsync(this VaultContext context, Vaultbox vaultbox, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await context.ViewsAsync([vaultbox], now, cancellationToken))[0];

    /// <param name="vaultboxes">Of one owner.</param>
    /// <returns>In their order.</returns>
    public static async Task<List<VaultboxView>> ViewsAsync(
        this VaultContext context, List<Vaultbox> vaultboxes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (vaultboxes.Count == 0)
            return [];
        var ids = vaultboxes.ConvertAll(v => v.Id);
        var mail = await MailAsync(context, ids, now, cancellationToken);
        var keys = await KeysAsync(context, ids, cancellationToken);
        var devices = await DevicesAsync(context, vaultboxes[0].UserId, ids, cancellationToken);
        var views = vaultboxes.ConvertAll(v => ViewOf(v, mail[v.Id], [.. keys[v.Id]], [.. devices[v.Id], .. devices[null]], now));
        var held = views.Where(v => v.NeedsKey && v.Status == VaultboxStatus.Active && v.DeletedAt is null).Select(v => v.Id).ToList();
        var waiting = await WaitingAsync(context, held, now, cancellationToken);
        return views.ConvertAll(v => waiting.TryGetValue(v.Id, out var found) ? v with { Waiting = found } : v);
    }

    private static VaultboxView ViewOf(Vaultbox v, Mail mail, IReadOnlyList<Key> keys, IReadOnlyList<UsedDevice> devices, DateTimeOffset now)
    {
        var ofMail = keys.Where(k => k.Purpose == KeyPurposes.Mail).ToList();
        var next = ofMail.Where(k => k.NotAfter is not null).MinBy(k => k.NotAfter);
        return new VaultboxView(
            v.Id, v.Domain, v.Name, v.Alias, v.Address, v.Status, v.CreatedAt, mail.Messages, mail.Octets, mail.LastAt, ofMail.Count,
            !ofMail.Exists(k => k.NotBefore <= now && k.NotAfter > now - CertificatePolicy.Grace),
            keys.Any(k => k.Purpose == KeyPurposes.Portal),
            ofMail.Max(k => k.NotAfter))
        {
            HeaderPolicy = v.HeaderPolicy,
            Cipher = v.Cipher,
            EncryptedMail = v.EncryptedMail,
            MetadataPolicy = v.MetadataPolicy,
            Limits = VaultboxLimits.Of(v.Limits),
            StatusChangedAt = v.StatusChangedAt,
            MessagesLastDay = mail.LastDay,
            NextExpiry = next is null ? null : new VaultboxExpiry(next.Name, next.NotAfter!.Value),
            Devices = new VaultboxDevices(
                devices.Count, devices.Count(d => d.LastUsedAt > now - Lately), devices.Count(d => d.PreviousValidUntil > now), devices.Max(d => d.LastUsedAt)),
            DeletedAt = v.DeletedAt,
            RestorableUntil = v.DeletedAt + PurgeVaultboxes.Kept,
        };
    }

    private static Task<Dictionary<Guid, Mail>> MailAsync(VaultContext context, List<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - VaultboxLimits.Day;
        return context.Vaultboxes.IgnoreQueryFilters().Where(v => ids.Contains(v.Id))
            .Select(v => new
            {
                v.Id,
                Mail = new Mail(
                    context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.MessageCount),
                    context.Mailboxes.Where(m => m.VaultboxId == v.Id).Sum(m => m.Octets),
                    context.EncryptedEmails.LongCount(e => e.VaultboxId == v.Id && e.ReceivedAt > since),
                    context.EncryptedEmails.Where(e => e.VaultboxId == v.Id).Max(e => (DateTimeOffset?)e.ReceivedAt)),
            })
            .ToDictionaryAsync(row => row.Id, row => row.Mail, cancellationToken);
    }

    private static async Task<ILookup<Guid, Key>> KeysAsync(VaultContext context, List<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await context.Certificates
            .Where(c => ids.Contains(c.VaultboxId) && c.CertificateType == CertificateTypes.Public && c.Status == CertificateStatus.Active && c.Purpose != KeyPurposes.Owner)
            .Select(c => new { c.VaultboxId, Key = new Key(c.Purpose, c.FriendlyName, c.NotBefore, c.NotAfter) }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.VaultboxId, row => row.Key);
    }

    private static async Task<ILookup<Guid?, UsedDevice>> DevicesAsync(VaultContext context, Guid userId, List<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await context.Devices
            .Where(d => d.UserId == userId && d.RevokedAt == null && (d.VaultboxId == null || ids.Contains(d.VaultboxId.Value)))
            .Select(d => new { d.VaultboxId, Device = new UsedDevice(d.LastUsedAt, d.PreviousValidUntil) }).ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.VaultboxId, row => row.Device);
    }

    /// <summary>Only of those that cannot take mail: what waited for a key that is there now has come, or will.</summary>
    private static async Task<Dictionary<Guid, WaitingDeliveries>> WaitingAsync(
        VaultContext context, List<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var since = now - WaitingDeliveries.Patience;
        var rows = await context.ProcessingLogs
            .Where(l => l.VaultboxId != null && ids.Contains(l.VaultboxId.Value) && l.OccurredAt > since && l.Stage == LogStages.Deferred && l.SmtpCode == 451)
            .GroupBy(l => new { l.VaultboxId, l.Sender, l.Recipient })
            .Select(g => new { g.Key.VaultboxId, First = g.Min(l => l.OccurredAt) })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.VaultboxId!.Value).ToDictionary(g => g.Key, g => new WaitingDeliveries(g.LongCount(), g.Min(row => row.First)));
    }

    private sealed record Mail(long Messages, long Octets, long LastDay, DateTimeOffset? LastAt);

    private sealed record Key(string Purpose, string Name, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter);

    private sealed record UsedDevice(DateTimeOffset? LastUsedAt, DateTimeOffset? PreviousValidUntil);
}
