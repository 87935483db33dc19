using System.Net;

namespace Portal.Vault.Credentials;

/// <summary>Sign-ins by one client from one network with one password, counted. Written by the function <c>note_device_uses</c> alone.</summary>
public sealed class DeviceUse
{
    public required Guid DeviceId { get; init; }

    public required Guid PasswordId { get; init; }

    /// <summary>smtp or imap.</summary>
    public required string Protocol { get; init; }

    /// <summary>What the client called itself (IMAP ID, EHLO); empty when it did not.</summary>
    public required string ClientName { get; init; }

    /// <summary>/24 of IPv4, /48 of IPv6.</summary>
    public required IPNetwork Network { get; init; }

    public required IPAddress LastIp { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required long Uses { get; init; }
}
