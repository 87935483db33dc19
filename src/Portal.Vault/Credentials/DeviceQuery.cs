using Microsoft.EntityFrameworkCore;
using Portal.Vault.Vaultboxes;

namespace Portal.Vault.Credentials;

/// <summary>A device and which protocols it has now.</summary>
internal sealed record DeviceRow(Device Device, bool HasSmtp, bool HasImap)
{
    public IReadOnlyList<string> Protocols => ProtocolsOf(HasSmtp, HasImap);

    public static IReadOnlyList<string> ProtocolsOf(bool smtp, bool imap) => (smtp, imap) switch
    {
        (true, true) => [DeviceProtocols.Smtp, DeviceProtocols.Imap],
        (true, false) => [DeviceProtocols.Smtp],
        (false, true) => [DeviceProtocols.Imap],
        _ => [],
    };

    public DeviceView View(MailServerNames servers, DateTimeOffset now) => DeviceView.Of(Device, HasSmtp, HasImap, servers, now);
}

/// <summary>Whose devices are whose: the one condition of every use case here.</summary>
internal static class DeviceQuery
{
    public static IQueryable<Vaultbox> OwnVaultbox(this VaultContext context, VaultActor actor, Guid vaultboxId) =>
        context.Vaultboxes.Where(v => v.Id == vaultboxId && v.UserId == actor.UserId);

    /// <summary>Devices of the vaultbox, and those that open every vaultbox of its owner. None for a vaultbox that is not the actor's.</summary>
    public static IQueryable<Device> OwnDevices(this VaultContext context, VaultActor actor, Guid vaultboxId) => context.Devices.Where(d =>
        d.UserId == actor.UserId && (d.VaultboxId == vaultboxId || d.VaultboxId == null)
        && context.Vaultboxes.Any(v => v.Id == vaultboxId && v.UserId == actor.UserId));

    public static IQueryable<DeviceRow> WithProtocols(this IQueryable<Device> devices, VaultContext context) => devices.Select(d => new DeviceRow(
        d,
        context.SmtpCredentials.Any(c => c.DeviceId == d.Id),
        context.ImapCredentials.Any(c => c.DeviceId == d.Id && c.RevokedAt == null)));

    public static IQueryable<Device> With(this IQueryable<Device> devices, VaultContext context, string? protocol) => protocol switch
    {
        null => devices,
        DeviceProtocols.Smtp => devices.Where(d => context.SmtpCredentials.Any(c => c.DeviceId == d.Id)),
        _ => devices.Where(d => context.ImapCredentials.Any(c => c.DeviceId == d.Id && c.RevokedAt == null)),
    };

    /// <summary>
    /// Whether another live device of the vaultbox has a password, present or previous, that begins alike: the selector tells which hash
    /// to check when somebody signs in by address. The vaultbox's row must be locked.
    /// </summary>
    public static Task<bool> IsSelectorTakenAsync(this VaultContext context, Guid userId, Guid? vaultboxId, string selector, CancellationToken cancellationToken) =>
        context.Devices.AnyAsync(
            d => d.UserId == userId && (d.VaultboxId == vaultboxId || d.VaultboxId == null) && d.RevokedAt == null
                && (d.Selector == selector || d.PreviousSelector == selector),
            cancellationToken);
}
