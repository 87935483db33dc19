using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Vault.Aliases;
using Portal.Vault.Certificates;
using Portal.Vault.Credentials;
using Portal.Vault.ProcessingLog;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Home;

/// <summary>The questions behind <see cref="GetVaultOverview"/>, each about all vaultboxes of one owner at one moment.</summary>
/// <param name="own">The owner's vaultboxes.</param>
internal sealed class VaultAttention(VaultContext context, IQueryable<Vaultbox> own, DateTimeOffset now)
{
    /// <summary>How long senders keep trying what they were asked to try again (RFC 5321 section 4.5.4.1: four to five days at least).</summary>
    private static readonly TimeSpan SendersPatience = TimeSpan.FromDays(5);

    private static readonly TimeSpan CertificateAhead = TimeSpan.FromDays(60);

    private static readonly TimeSpan AliasAhead = TimeSpan.FromDays(7);

    private static readonly TimeSpan OverlapAhead = TimeSpan.FromHours(24);

    private readonly DateTimeOffset usableSince = now - CertificatePolicy.Grace;

    private IQueryable<Certificate> MailKeys => context.Certificates.Where(c =>
        c.CertificateType == CertificateTypes.Public && c.Purpose == KeyPurposes.Mail && c.Status == CertificateStatus.Active);

    private IQueryable<Vaultbox> Active => own.Where(v => v.Status == VaultboxStatus.Active);

    public async Task<Told<KeylessVaultbox>> NeedKeyAsync(CancellationToken cancellationToken)
    {
        var keyless = Active.Where(v => !MailKeys.Any(c => c.VaultboxId == v.Id && c.NotBefore <= now && c.NotAfter > usableSince));
        var number = await keyless.CountAsync(cancellationToken);
        if (number == 0)
            return new Told<KeylessVaultbox>(0, []);
        var rows = await keyless.OrderBy(v => v.CreatedAt).ThenBy(v => v.Id).Take(GetVaultOverview.Most)
            .Select(v => new { v.Id, v.Name, v.Alias, v.Domain, HasKeys = MailKeys.Any(c => c.VaultboxId == v.Id) }).ToListAsync(cancellationToken);
        var waiting = await WaitingAsync(rows.ConvertAll(v => v.Id), cancellationToken);
        return new Told<KeylessVaultbox>(number, [.. rows.Select(v =>
        {
            var senders = waiting.GetValueOrDefault(v.Id);
            return new KeylessVaultbox(v.Id, v.Name, $"{v.Alias}@{v.Domain}", v.HasKeys, senders.Number, senders.Until);
        }).OrderBy(v => v.WaitingUntil ?? DateTimeOffset.MaxValue)]);
    }

    public async Task<Told<ExpiringVaultbox>> ExpiringAsync(CancellationToken cancellationToken)
    {
        var soon = now + CertificateAhead;
        var expiring = Active
            .Select(v => new { v.Id, v.Name, v.Alias, v.Domain, EndsAt = MailKeys.Where(c => c.VaultboxId == v.Id && c.NotBefore <= now).Max(c => c.NotAfter) })
            .Where(v => v.EndsAt > usableSince && v.EndsAt <= soon);
        var rows = await expiring.OrderBy(v => v.EndsAt).ThenBy(v => v.Id).Take(GetVaultOverview.Most).ToListAsync(cancellationToken);
        var number = rows.Count < GetVaultOverview.Most ? rows.Count : await expiring.CountAsync(cancellationToken);
        return new Told<ExpiringVaultbox>(number, rows.ConvertAll(v => new ExpiringVaultbox(v.Id, v.Name, $"{v.Alias}@{v.Domain}", v.EndsAt!.Value)));
    }

    /// <summary>Few vaultboxes have a limit of their own; only for these is it asked how full they are.</summary>
    public async Task<Told<FillingVaultbox>> FillingAsync(CancellationToken cancellationToken)
    {
        var limited = await own.Where(v => v.Limits != "{}").Select(v => new { v.Id, v.Name, v.Alias, v.Domain, v.Limits }).ToListAsync(cancellationToken);
        var limits = limited.Select(v => (Box: v, Limit: StorageLimit(v.Limits))).Where(v => v.Limit is not null).ToList();
        if (limits.Count == 0)
            return new Told<FillingVaultbox>(0, []);
        var ids = limits.ConvertAll(v => v.Box.Id);
        var stored = await context.Mailboxes.Where(m => ids.Contains(m.VaultboxId)).GroupBy(m => m.VaultboxId)
            .Select(g => new { g.Key, Octets = g.Sum(m => m.Octets) }).ToDictionaryAsync(g => g.Key, g => g.Octets, cancellationToken);
        var filling = limits.Select(v => new FillingVaultbox(v.Box.Id, v.Box.Name, $"{v.Box.Alias}@{v.Box.Domain}", stored.GetValueOrDefault(v.Box.Id), v.Limit!.Value))
            .Where(v => v.StoredBytes >= v.LimitBytes / 10 * 8).OrderByDescending(v => (double)v.StoredBytes / v.LimitBytes).ToList();
        return new Told<FillingVaultbox>(filling.Count, [.. filling.Take(GetVaultOverview.Most)]);
    }

    public async Task<Told<EndingAlias>> EndingAliasesAsync(CancellationToken cancellationToken)
    {
        var soon = now + AliasAhead;
        var ids = own.Select(v => v.Id);
        var ending = context.Aliases.Where(a => ids.Contains(a.VaultboxId) && a.DeletedAt == null && a.Status == AliasStatus.Active
            && (a.ExpiresAt == null || a.ExpiresAt > now) && (a.MaxMessages == null || a.MessageCount < a.MaxMessages)
            && (a.ExpiresAt <= soon || a.MessageCount * 10 >= a.MaxMessages * 9L));
        var rows = await ending.OrderBy(a => a.ExpiresAt).ThenBy(a => a.Id).Take(GetVaultOverview.Most).ToListAsync(cancellationToken);
        var number = rows.Count < GetVaultOverview.Most ? rows.Count : await ending.CountAsync(cancellationToken);
        return new Told<EndingAlias>(number, rows.ConvertAll(a => new EndingAlias(
            a.Id, a.VaultboxId, $"{a.LocalPart}@{a.Domain}", a.ExpiresAt <= soon ? a.ExpiresAt : null, a.MessageCount, a.MaxMessages)));
    }

    public async Task<Told<OverlapEnding>> EndingOverlapsAsync(Guid userId, CancellationToken cancellationToken)
    {
        var soon = now + OverlapAhead;
        var devices = await context.Devices
            .Where(d => d.UserId == userId && d.RevokedAt == null && d.PreviousValidUntil > now && d.PreviousValidUntil <= soon)
            .OrderBy(d => d.PreviousValidUntil).ToListAsync(cancellationToken);
        if (devices.Count == 0)
            return new Told<OverlapEnding>(0, []);
        var ids = devices.ConvertAll(d => d.Id);
        var uses = await ClaimEndingOverlaps.StillOnPrevious(context, now).Where(u => ids.Contains(u.DeviceId))
            .Select(u => new { u.DeviceId, u.ClientName, u.Network }).Distinct().ToListAsync(cancellationToken);
        var clients = uses.CountBy(u => u.DeviceId).ToDictionary();
        var ending = devices.Where(d => clients.ContainsKey(d.Id))
            .Select(d => new OverlapEnding(d.Id, d.VaultboxId, d.Label, d.PreviousValidUntil!.Value, clients[d.Id])).ToList();
        return new Told<OverlapEnding>(ending.Count, [.. ending.Take(GetVaultOverview.Most)]);
    }

    /// <summary>Who was told 451 for want of a key. A sender that the vaultbox does not name is told apart by its server.</summary>
    private async Task<Dictionary<Guid, (int Number, DateTimeOffset? Until)>> WaitingAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var since = now - SendersPatience;
        var rows = await context.ProcessingLogs
            .Where(l => l.VaultboxId != null && ids.Contains(l.VaultboxId.Value) && l.OccurredAt > since && l.Stage == LogStages.Deferred && l.SmtpCode == 451)
            .GroupBy(l => new { l.VaultboxId, l.Sender, Peer = l.Sender == null ? l.PeerName : null })
            .Select(g => new { g.Key.VaultboxId, First = g.Min(l => l.OccurredAt) }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.VaultboxId!.Value)
            .ToDictionary(g => g.Key, g => (g.Count(), (DateTimeOffset?)(g.Min(row => row.First) + SendersPatience)));
    }

    private static long? StorageLimit(string limits)
    {
        using var json = JsonDocument.Parse(limits);
        return json.RootElement.TryGetProperty("storageBytes", out var value) && value.TryGetInt64(out var octets) && octets > 0 ? octets : null;
    }
}
