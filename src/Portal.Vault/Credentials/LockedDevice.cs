using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <summary>
/// A device of the actor's, held until the transaction ends: acts on one device go one after another. Vaultbox first, then device, the
/// order that every act here takes them in.
/// </summary>
internal sealed record LockedDevice(Device Device, VaultboxSmtpCredential? Smtp, ImapAppCredential? Imap)
{
    public bool HasImap => Imap is { RevokedAt: null };

    /// <returns>Null when there is none, or the actor has none of this id.</returns>
    public static async Task<LockedDevice?> TakeAsync(
        VaultContext context, VaultActor actor, Guid vaultboxId, Guid deviceId, CancellationToken cancellationToken)
    {
        if (!await LockVaultboxAsync(context, actor, vaultboxId, cancellationToken))
            return null;
        var device = await context.Devices
            .FromSql($"SELECT * FROM devices WHERE id = {deviceId} AND user_id = {actor.UserId} AND (vaultbox_id = {vaultboxId} OR vaultbox_id IS NULL) FOR UPDATE")
            .AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (device is null)
            return null;
        return new LockedDevice(
            device,
            await context.SmtpCredentials.AsTracking().SingleOrDefaultAsync(c => c.DeviceId == deviceId, cancellationToken),
            await context.ImapCredentials.AsTracking().SingleOrDefaultAsync(c => c.DeviceId == deviceId, cancellationToken));
    }

    /// <summary>Not in the way of mail that is being stored, which needs the row to stay but not to stay as it is.</summary>
    public static async Task<bool> LockVaultboxAsync(VaultContext context, VaultActor actor, Guid vaultboxId, CancellationToken cancellationToken) =>
        (await context.Database
            .SqlQuery<Guid>($"SELECT id AS \"Value\" FROM vaultboxes WHERE id = {vaultboxId} AND user_id = {actor.UserId} AND deleted_at IS NULL FOR NO KEY UPDATE")
            .ToListAsync(cancellationToken)).Count == 1;

    public bool Has(string protocol) => string.Equals(protocol, DeviceProtocols.Smtp, StringComparison.Ordinal) ? Smtp is not null : HasImap;

    /// <summary>Both protocols have the same passwords.</summary>
    public PasswordPair Passwords => new(
        Device.PasswordId,
        Device.Selector,
        Smtp?.PasswordHash ?? Imap?.PasswordHash ?? CredentialHash.None,
        Device.PreviousPasswordId,
        Device.PreviousSelector,
        Smtp is null ? Imap?.PreviousPasswordHash : Smtp.PreviousPasswordHash,
        Device.PreviousValidUntil);

    public void Take(PasswordPair passwords, DateTimeOffset now)
    {
        (Device.PasswordId, Device.Selector) = (passwords.Id, passwords.Selector);
        (Device.PreviousPasswordId, Device.PreviousSelector, Device.PreviousValidUntil) =
            (passwords.PreviousId, passwords.PreviousSelector, passwords.PreviousValidUntil);
        (Device.RotatedAt, Device.OverlapWarnedAt, Device.UpdatedAt) = (now, null, now);
        if (Smtp is not null)
            (Smtp.PasswordHash, Smtp.PreviousPasswordHash, Smtp.UpdatedAt) = (passwords.Hash, passwords.PreviousHash, now);
        if (HasImap)
            (Imap!.PasswordHash, Imap.PreviousPasswordHash, Imap.UpdatedAt) = (passwords.Hash, passwords.PreviousHash, now);
    }

    /// <summary>Nobody signs in with it any more. The IMAP row stays without a hash, so that the name is not given again soon.</summary>
    public void Revoke(VaultContext context, DateTimeOffset now)
    {
        (Device.PreviousPasswordId, Device.PreviousSelector, Device.PreviousValidUntil) = (null, null, null);
        (Device.RevokedAt, Device.UpdatedAt) = (now, now);
        EndSmtp(context);
        EndImap(now);
    }

    public void EndSmtp(VaultContext context)
    {
        if (Smtp is not null)
            context.Remove(Smtp);
    }

    public void EndImap(DateTimeOffset now)
    {
        if (HasImap)
            (Imap!.PasswordHash, Imap.PreviousPasswordHash, Imap.RevokedAt, Imap.UpdatedAt) = (CredentialHash.None, null, now, now);
    }

    /// <summary>Saves, with the act that it is for, and ends the transaction in which the device was taken.</summary>
    public async Task<DeviceView> StoredAsync(
        VaultContext context, MailServerNames servers, AuditBy by, string act, AuditDetail? detail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        context.Audit(by, act, AuditTarget.Of(AuditTarget.DeviceKind, Device.Id, Device.UserId), now, detail);
        await context.SaveChangesAsync(cancellationToken);
        await context.AnnounceDeviceAsync(Device.Id, cancellationToken);
        await context.Database.CurrentTransaction!.CommitAsync(cancellationToken);
        return View(context, servers, now);
    }

    public DeviceView View(VaultContext context, MailServerNames servers, DateTimeOffset now) =>
        DeviceView.Of(Device, Smtp is not null && context.Entry(Smtp).State != EntityState.Detached, HasImap, servers, now);
}
