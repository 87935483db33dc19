using System.Text.Json.Serialization;
using Portal.Vault.Credentials;

namespace Portal.Web.Api.Credentials;

/// <summary>A device as a credential of one of its protocols.</summary>
internal sealed class CredentialJson(DeviceView device, string protocol)
{
    private readonly DeviceServer? server = string.Equals(protocol, DeviceProtocols.Smtp, StringComparison.Ordinal) ? device.Smtp : device.Imap;

    public Guid Id => device.Id;

    public string Label => device.Label;

    public string Username => device.Username;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    public string? Host => server?.Host;

    public int? Port => server?.Port;

    public string? SecurityType => server?.SecurityType;

    public IReadOnlyList<string> AllowedNetworks => device.AllowedNetworks;

    public DateTimeOffset CreatedAt => device.CreatedAt;

    public DateTimeOffset? ExpiresAt => device.ExpiresAt;

    public DateTimeOffset? RotatedAt => device.RotatedAt;

    public DateTimeOffset? PreviousValidUntil => device.PreviousValidUntil;

    public DeviceLastUse? LastUse => device.LastUse;
}
