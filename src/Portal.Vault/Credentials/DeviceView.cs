using System.Net;
using Portal.Passwords;

namespace Portal.Vault.Credentials;

/// <summary>What a mail program is to be told of one of our servers.</summary>
/// <param name="SecurityType">TLS or STARTTLS.</param>
public sealed record DeviceServer(string Host, int Port, string SecurityType);

/// <param name="Client">What it called itself; empty when it did not.</param>
/// <param name="Protocol">smtp or imap.</param>
public sealed record DeviceLastUse(DateTimeOffset At, IPAddress? Ip, string Client, string Protocol);

/// <summary>A device as its owner sees it. No password and no hash.</summary>
/// <param name="VaultboxId">Null: it opens every vaultbox of the owner.</param>
/// <param name="Smtp">Null: it may not send.</param>
/// <param name="Imap">Null: it may not read.</param>
/// <param name="AllowedNetworks">As <c>192.0.2.0/24</c>; empty: from anywhere.</param>
/// <param name="PreviousValidUntil">Until when the password before the present one works too; null when it does not.</param>
public sealed record DeviceView(
    Guid Id,
    Guid? VaultboxId,
    string Label,
    string Username,
    DeviceServer? Smtp,
    DeviceServer? Imap,
    IReadOnlyList<string> AllowedNetworks,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RotatedAt,
    DateTimeOffset? PreviousValidUntil,
    DateTimeOffset? RevokedAt,
    DeviceLastUse? LastUse)
{
    public IReadOnlyList<string> Protocols { get; } = DeviceRow.ProtocolsOf(Smtp is not null, Imap is not null);

    internal static DeviceView Of(Device d, bool hasSmtp, bool hasImap, MailServerNames servers, DateTimeOffset now) => new(
        d.Id,
        d.VaultboxId,
        d.Label,
        d.Username,
        hasSmtp ? servers.Smtp : null,
        hasImap ? servers.Imap : null,
        [.. (d.AllowedNetworks ?? []).Select(network => $"{network}")],
        d.CreatedAt,
        d.ExpiresAt,
        d.RotatedAt,
        d.PreviousValidUntil > now ? d.PreviousValidUntil : null,
        d.RevokedAt,
        d.LastUsedAt is { } at ? new DeviceLastUse(at, d.LastUsedIp, d.LastUsedClient ?? string.Empty, d.LastUsedProtocol ?? string.Empty) : null);
}

/// <summary>A device with its new password, which is told this once.</summary>
public sealed record DevicePassword(DeviceView Device, GeneratedPassword Password);
