using System.Net;
using Portal.Passwords;

namespace Portal.Web.Components.Credentials;

/// <summary>A device or a motor block, as lists and dialogs show it.</summary>
/// <param name="Protocols">As people read them: “SMTP”.</param>
/// <param name="RateLimitPerHour">Null where none is set.</param>
/// <param name="PreviousValidUntil">While a rotation runs: when the password before stops working.</param>
public sealed record ShownCredential(
    Guid Id,
    string Label,
    string Username,
    string Protocols,
    bool IsPaused,
    int? RateLimitPerHour,
    IReadOnlyList<string> AllowedNetworks,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? PreviousValidUntil,
    ShownUse? LastUse)
{
    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}

/// <param name="Client">What it called itself; empty when it did not.</param>
public sealed record ShownUse(DateTimeOffset At, string Client, IPAddress? Ip);

/// <summary>A program on one network that signed in within the last 30 days.</summary>
/// <param name="Name">What it called itself; empty when it did not.</param>
/// <param name="Place">Its last address; its network where that is not known.</param>
/// <param name="HasPresentPassword">False: it was seen with a former password alone.</param>
public sealed record ShownClient(string Name, string Place, DateTimeOffset LastAt, bool HasPresentPassword);

/// <summary>A credential and who uses it, the latest first.</summary>
public sealed record CredentialInUse(ShownCredential Credential, IReadOnlyList<ShownClient> Clients)
{
    /// <summary>Clients that have the present password.</summary>
    public int Changed { get; } = Clients.Count(client => client.HasPresentPassword);

    public bool IsRotating => Credential.PreviousValidUntil is not null;

    /// <param name="uses">One for each client, network, protocol and password.</param>
    internal static CredentialInUse Of(
        ShownCredential credential, IEnumerable<(string Name, string Network, IPAddress? Ip, DateTimeOffset LastAt, bool HasPresentPassword)> uses) => new(
        credential,
        [
            .. uses.GroupBy(use => (use.Name, use.Network)).Select(client =>
            {
                var last = client.MaxBy(use => use.LastAt);
                return new ShownClient(last.Name, last.Ip?.ToString() ?? last.Network, last.LastAt, client.Any(use => use.HasPresentPassword));
            }).OrderByDescending(client => client.LastAt),
        ]);
}

/// <summary>A credential with its new password, at the one moment when it can be seen.</summary>
public sealed record MadePassword(ShownCredential Credential, GeneratedPassword Password);

/// <summary>What a form asks for; what is wrong with it the use case says.</summary>
public sealed class CredentialInput
{
    public string Label { get; set; } = "";

    /// <summary>For a motor block.</summary>
    public string? Domain { get; set; }

    /// <summary>For a motor block: messages an hour, as typed.</summary>
    public string RateLimit { get; set; } = "";

    /// <summary>One a line, as typed.</summary>
    public string Networks { get; set; } = "";

    public DateTimeOffset? ExpiresAt { get; set; }

    internal IReadOnlyList<string> NetworkList =>
        Networks.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static CredentialInput Of(ShownCredential credential) => new()
    {
        Label = credential.Label,
        RateLimit = credential.RateLimitPerHour?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        Networks = string.Join('\n', credential.AllowedNetworks),
        ExpiresAt = credential.ExpiresAt,
    };
}
