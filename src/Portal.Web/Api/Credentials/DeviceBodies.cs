using System.Text.Json.Serialization;
using Portal.Vault.Credentials;

namespace Portal.Web.Api.Credentials;

internal sealed record CreateDeviceBody(
    string? Label, IReadOnlyList<string>? Protocols, IReadOnlyList<string>? AllowedNetworks, DateTimeOffset? ExpiresAt);

/// <summary>What a PATCH names is changed, also to null; what it leaves out stays.</summary>
internal sealed class UpdateDeviceBody
{
    public string? Label { get; set; }

    public IReadOnlyList<string>? AllowedNetworks
    {
        get;
        set
        {
            field = value;
            NetworksChange = Change<IReadOnlyCollection<string>>.To(value);
        }
    }

    public DateTimeOffset? ExpiresAt
    {
        get;
        set
        {
            field = value;
            ExpiryChange = Change<DateTimeOffset?>.To(value);
        }
    }

    internal Change<IReadOnlyCollection<string>> NetworksChange { get; private set; }

    internal Change<DateTimeOffset?> ExpiryChange { get; private set; }
}

/// <param name="OverlapMinutes">0 to 43,200; left out: 1,440.</param>
internal sealed record RotateBody(int? OverlapMinutes);

/// <summary>A device with what only one answer tells of it: its new password, or who uses it.</summary>
internal sealed class DeviceJson(DeviceView device)
{
    public Guid Id => device.Id;

    public Guid? VaultboxId => device.VaultboxId;

    public string Label => device.Label;

    public string Username => device.Username;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    public IReadOnlyList<string> Protocols => device.Protocols;

    public DeviceServer? Smtp => device.Smtp;

    public DeviceServer? Imap => device.Imap;

    public IReadOnlyList<string> AllowedNetworks => device.AllowedNetworks;

    public DateTimeOffset CreatedAt => device.CreatedAt;

    public DateTimeOffset? ExpiresAt => device.ExpiresAt;

    public DateTimeOffset? RotatedAt => device.RotatedAt;

    public DateTimeOffset? PreviousValidUntil => device.PreviousValidUntil;

    public DateTimeOffset? RevokedAt => device.RevokedAt;

    public DeviceLastUse? LastUse => device.LastUse;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeviceUseView>? Uses { get; init; }
}
